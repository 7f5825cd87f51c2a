// 页面文字 (words of the page for entry codes): pairs [Chinese, English]; {name} is filled in.

const WORDS = {
  "verdict.valid": ["有效：签名属实，就在今天。", "Valid: the signature is right, and it is for today."],
  "verdict.forged": [
    "伪造或改动：签名不符。请不要放行，并拨打热线核实。",
    "Forged or changed: the signature is wrong. Let nobody in, and call the hotline.",
  ],
  "verdict.unknown_key": [
    "不是本机关签发：码上的密钥不在本页之内。请不要放行，并拨打热线核实。",
    "Not signed by this agency: the key is not on this page. Let nobody in, and call the hotline.",
  ],
  "verdict.other_unit": [
    "不是给本单位的码（可能被调换）：它写的是 {unit}（{id}）。",
    "For another unit (swapped?): it names {unit} ({id}).",
  ],
  "verdict.early": ["还没有到日期：检查定于 {first}，今天是 {day}。", "Not yet: the inspection is on {first}, today is {day}."],
  "verdict.late": ["已经过期：检查定于 {last}，今天是 {day}。", "Out of date: the inspection was on {last}, today is {day}."],
  "verdict.not_a_code": [
    "不是入企码，或者文字不完整。请逐行核对，从 ENTRY1 到 S: 一行。",
    "No entry code, or not all of it: from ENTRY1 to the line that begins with S:.",
  ],
  "note.rehearsal": ["这是演练的码，不产生任何效力。", "A code of a rehearsal, of no effect."],
  "note.other_half": ["码上写的是{half}，请核对时间。", "The code says {half}: look at the time."],
  "note.compare": [
    "请核对来人的执法证：姓名、照片、证号须与下列一致，不得少于两人。",
    "Compare the certificates they show: name, photograph and number are those below, two people at least.",
  ],
  "note.unit_not_said": [
    "请核对单位名称和代码是否为本单位（在上面填写代码，本页会自动核对）。",
    "Is this your unit? Enter your code above and the page compares it.",
  ],
  "note.said_only": ["下列内容未经证实，仅供举报时说明。", "What follows is not proved; it may serve a report."],
  "fact.unit": ["被检查单位", "Unit"],
  "fact.office": ["检查机关", "Office"],
  "fact.when": ["检查时间", "When"],
  "fact.people": ["检查人员（执法证号）", "Inspectors (certificates)"],
  "fact.items": ["检查事项", "Items"],
  "fact.tasks": ["依据的任务", "Tasks it rests on"],
  "fact.visit": ["检查编号", "Visit"],
  "fact.round": ["轮次", "Round"],
  "fact.commitment": ["抽取承诺摘要", "Commitment"],
  "fact.number": ["入企码编号", "Number of the code"],
  "half.T1": ["上午", "morning"],
  "half.T2": ["下午", "afternoon"],
  "camera.none": ["没有摄像头，或者未获允许。请拍照后选择照片。", "No camera, or not allowed: take a photograph and choose it."],
  "photo.none": [
    "照片里没有认出二维码。请靠近、放平、避免反光后重拍，或者录入码旁的文字。",
    "No QR code is seen in the picture. Take it closer, flat, without glare, or type the text beside the code.",
  ],
};
