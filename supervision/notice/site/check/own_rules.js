// 本页自有的条件 (conditions that verify.py does not have): section of the protocol, words [Chinese, English].

const OWN_RULES = {
  "page.commitment": ["3", "所给承诺与本页所载承诺不同", "another commitment than this page's"],
  "proof.commitment": ["9", "证明属于别的承诺（别的轮次）", "the proof is of another commitment (another round)"],
  "proof.task": ["9", "承诺中没有这项任务", "the commitment has no such task"],
  "proof.row": ["2", "行不合格式", "a row not of its form"],
  "proof.unit": ["9", "这是别的单位的证明", "a proof of another unit"],
  "proof.size": ["9", "名单户数与承诺不符", "the list has another length than committed"],
  "proof.salt": ["2", "公开任务的盐须为零", "the salt of an open task is zero"],
  "proof.root": ["9", "推算不到承诺中的摘要：行、盐或路径被改动", "does not lead to the committed root: row, salt or path was changed"],
};
