// 页面文字 (words of the record form), in Chinese first; {name} is filled in.

const WORDS = {
  "kept": "已存到本机 {time}（{bytes}）",
  "kept.none": "本机浏览器不保存数据：关闭页面会丢失，请随时保存结果文件 This browser keeps nothing",
  "kept.full": "本机存储已满，最近的填写没有存下：请马上保存结果文件 Storage is full: save the file now",
  "progress": "已填 {done} / {all} 项",
  "saved": "已保存 {file}：{rows} 项结果，摘要 {digest}",
  "saved.nothing": "还没有一项填了检查结果，没有可保存的",
  "lacking": "还缺：{what}",
  "lacking.item_result": "单项结果",
  "lacking.reviewer": "审核人",
  "lacking.inspectors": "检查人员少于两人",
  "lacking.signature": "被检查单位签名（或拒签理由）",
  "photo.hashed": "{name}（{size} KB）",
  "photo.again": "这张照片已经选过：{name}",
  "clear": "确定清除本表在本机的全部填写？已保存的结果文件不受影响。",
};

const POINT_ANSWERS = ["", "符合", "不符合", "不适用"];
