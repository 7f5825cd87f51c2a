// 依次核验 (all checks, in the order of section 10).

/**
 * Check a folder's rounds again from their files (核验). It never throws on bad files: whatever cannot be read is a
 * difference, and so is a crash. `work` hears how many bytes were read; `then` may look at the rounds afterwards.
 */
function check(input, work = { tell() {} }, then = null) {
  const report = new Report();
  try {
    const rounds = findRounds(input, report, work);
    checkEverything(rounds, report);
    if (then) then(rounds, report);
  } catch (error) {
    const known = error instanceof Difference;
    report.difference = known ? error : new Difference("crash", input.label, `${error.name}: ${error.message}`);
  }
  return report;
}

function checkEverything(rounds, report) {
  for (const round of rounds) checkPaths(round);
  for (const round of rounds) {
    readRecords(round);
    checkSecondFields(round);
  }
  for (const round of rounds) {
    for (const folder of [round.public, round.audit]) if (folder) checkManifestChain(folder, round);
  }
  checkChain(rounds, report);
  for (const round of rounds) {
    checkAllSources(round);
    checkSeeds(round);
  }
  checkOneOutcome(rounds.filter((round) => round.real));
  for (const round of rounds) {
    const month = round.name.slice(0, 7);
    round.keepFrames = rounds.filter((other) => other.name.slice(0, 7) === month).length > 1;
    checkRound(round, rounds);
  }
  checkOneLog(rounds);
  checkExtraRounds(rounds, report);
  for (const round of rounds) checkAnchors(round);
  addLimits(rounds, report);
}

/** Check one round's draws as far as its files allow (一轮). */
function checkRound(round, rounds) {
  checkTasks(round);
  checkResult(round);
  if (round.audit) {
    checkStepins(round);
    checkSeconds(round);
    readLog(round);
    checkLog(round, rounds);
  }
  let state = ["尚未抽取", "not drawn yet"];
  if (round.abandoned) state = ["已放弃", "abandoned"];
  if (round.reveal) state = ["已抽取", "drawn"];
  const kind = round.real ? ["真实轮次", "a real round"] : ["演练", "a rehearsal"];
  round.report.checked.push([`${round.name}：${kind[0]}，${state[0]}`, `${round.name}: ${kind[1]}, ${state[1]}`]);
}

/** Say what no file can show (文件所不能证明的). */
function addLimits(rounds, report) {
  report.rehearsal = !rounds.some((round) => round.real);
  if (rounds.some((round) => round.audit)) {
    report.unchecked.push([
      "抽样框、排除与分层是否即为登记表与规则所给（寄存的登记表见 --registers）",
      "whether frames, exclusions and strata are what registers and rules give (deposited registers: --registers)",
    ]);
  }
  for (const round of rounds) {
    if (round.audit) continue;
    report.unchecked.push([
      `${round.name} 仅有公开部分：密钥、盐、非公开抽样框与分层、备选、递补、日程、人员、变动、日志`,
      `${round.name}, public part alone: key, salts, sealed frames, strata, reserve, step-ins, calendar, inspectors, log`,
    ]);
  }
  report.unchecked.push([
    "开奖结果与时间须与开奖机构公布的核对；规则所列信源与间隔、改期的半天、网页与文书内容不在核验之内",
    "values and times of sources are to be compared with the organiser's; the rules' list of sources and longer" +
      " intervals, the half-day of a move, pages and papers are not checked",
  ]);
}
