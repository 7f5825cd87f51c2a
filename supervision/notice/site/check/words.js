// 页面文字 (words of the check on the page): pairs [Chinese, English]; {name} is filled in.

const WORDS = {
  "part.steps": ["逐项核验", "Step by step"],
  "part.checked": ["核验了哪些", "What was checked"],
  "part.sources": [
    "信源：请把期号和号码与开奖机构公布的核对",
    "Sources: compare issue and values with what the organiser published",
  ],
  "part.anchors": ["机关以外的凭证", "Evidence outside the agency"],
  "part.remarks": ["说明", "Remarks"],
  "part.unchecked": ["无法核验的", "What could not be checked"],
  "part.unanchored": ["机关以外的人无从确认这是唯一的一份", "Nobody outside can tell that it is the only one"],
  "column.round": ["轮次", "Round"],
  "column.source": ["信源", "Source"],
  "column.issue": ["期号", "Issue"],
  "column.values": ["号码", "Values"],
  "column.held": ["开奖时间", "Held at"],
  "state.agrees": ["相符", "Agrees"],
  "state.alone": ["相符，但唯一性未证", "Agrees, not shown to be the only one"],
  "state.differs": ["不相符", "Differs"],
  "state.input": ["无法核验", "Cannot be checked"],
  "verdict.agrees": [
    "能核验的部分都已重算，结果与公布的完全相同。",
    "All that could be checked was computed again and is exactly what was published.",
  ],
  "verdict.rehearsal": ["这只是演练，不是真实抽取。", "This is a rehearsal alone, not a real draw."],
  "verdict.differs": [
    "第一处不符如下；其后的没有再核验。",
    "The first difference is below; nothing after it was checked.",
  ],
  "state.working": ["正在核验……", "Checking …"],
  "state.stopped": ["已停止，没有结论。", "Stopped, without a verdict."],
  "hint.audit_alone": [
    "审计包须与本轮公开的压缩包一并核验：请再选入公开的压缩包，已选的会保留。",
    "An auditor's bundle is checked together with the round's published zip: choose it too, the rest stays.",
  ],
  "where.file": ["文件", "File"],
  "where.rule": ["条件", "Condition"],
  "where.value": ["实际的值", "Value found"],
  "own.digest": ["本页核验程序的 SHA-256 摘要：", "SHA-256 of this page's checking program: "],
  "input.nothing": [
    "没有找到可核验的文件。请选择本轮的压缩包、文件夹，或本单位的证明文件（proof-….json）。",
    "Nothing to check was found. Choose a round's zip or folder, or an owner's proof (proof-….json).",
  ],
  "input.unknown": [
    "“{name}”不是某一轮的公示或审计文件夹，也不是证明文件。请选择从本站下载的压缩包或其解压后的文件夹。",
    '"{name}" is neither a round\'s published or audit folder nor a proof. Choose the zip of this site or its folder.',
  ],
  "input.twice": [
    "所选的两份文件在同一位置而内容不同：{path}。请清除后只选一份。",
    "Two of the chosen files stand in one place and differ: {path}. Clear, and choose one of them.",
  ],
  "input.other_round": [
    "所给文件是 {given} 轮次的，本页是 {page} 轮次的。请打开 {given} 轮次的“如何核验”页再核验。",
    "The files are of round {given}, this page is of round {page}. Open the page of round {given} to check them.",
  ],
  "input.no_commitment": [
    "核验证明须有本轮的 commitment.json：请一并选入它或本轮的压缩包。",
    "To check a proof, the round's commitment.json is needed: choose it or the round's zip as well.",
  ],
  "input.unreadable": [
    "无法读取所选文件（{words}）。请重新选择；文件若在移动存储或网盘上，请先复制到本机。",
    "The chosen files cannot be read ({words}). Choose them again, from this device itself.",
  ],
  "zip.truncated": [
    "“{zip}”不完整：结尾缺失，多半是下载中断。请重新下载后再选。",
    '"{zip}" is not whole: its end is missing, as after a download that broke off. Download it again.',
  ],
  "zip.damaged": [
    "“{zip}”已损坏：其中的“{path}”无法按原样取出。请重新下载后再选。",
    '"{zip}" is damaged: "{path}" in it cannot be unpacked as it was. Download it again.',
  ],
  "zip.twice": [
    "“{zip}”中“{path}”出现两次，无法确定以哪一份为准。请索取正常的压缩包。",
    '"{path}" stands twice in "{zip}", and nobody can tell which one counts. Ask for a proper zip.',
  ],
  "zip.encrypted": [
    "“{zip}”加了密码，本页不能打开。请先解压，再选择解压后的文件夹。",
    '"{zip}" is encrypted and cannot be opened here. Unpack it first and choose the folder.',
  ],
  "zip.method": [
    "“{zip}”用了本页不支持的压缩方法（{method}，文件“{path}”）。请先解压，再选择解压后的文件夹。",
    '"{zip}" uses a compression unknown to this page ({method}, file "{path}"). Unpack it and choose the folder.',
  ],
  "zip.large": [
    "“{zip}”过大（4 GB 以上、六万五千个文件以上，或单个文件 2 GB 以上）。请先解压，再选择解压后的文件夹。",
    '"{zip}" is too large (4 GB, 65,000 files, or 2 GB in one file). Unpack it and choose the folder.',
  ],
  "zip.browser": [
    "这个浏览器不能解压“{zip}”。请换用较新的浏览器，或先解压再选择文件夹；从本站下载的压缩包不需要解压。",
    'This browser cannot unpack "{zip}". Use a newer one, or choose the unpacked folder; zips of this site will do.',
  ],
};
