// 依次核验 (all checks, in the order of section 10).

/**
 * Check a folder's rounds again from their files (核验). It never throws on bad files: whatever cannot be read is a
 * difference, and so is a crash. `work` hears how many bytes were read; `then` may look at the rounds afterwards.
 */
function check(input, work = { tell() {} }, then = null) {
  const report = new Report();
  try {
    const rounds = findRounds(input, report, work);
    checkEverything(rounds, homeOf(input, work), report);
    if (then) then(rounds, report);
  } catch (error) {
    const known = error instanceof Difference;
    report.difference = known ? error : new Difference("crash", input.label, `${error.name}: ${error.message}`);
  }
  return report;
}

function checkEverything(rounds, home, report) {
  report.step("文件齐全，逐个与清单的大小和摘要相符，没有夹带", "All files are there, of the size and digest listed; nothing else is");
  for (const round of rounds) checkPaths(round);
  report.step("承诺、揭晓、结果逐字节规范，字段齐全，彼此相符", "Commitment, reveal and result are canonical, complete, and fit together");
  for (const round of rounds) {
    readRecords(round);
    checkSecondFields(round);
    checkNotices(round);
  }
  report.step("历次清单首尾相接，固定的文件公布后没有改动", "Manifests follow each other; what was fixed never changed");
  for (const round of rounds) {
    for (const folder of [round.public, round.audit]) if (folder) checkManifestChain(folder, round);
  }
  if (home) checkHome(home, report);
  report.step("承诺前后相接，没有两份并存，也没有该抽未抽的", "Commitments follow each other; none stands twice, none is overdue");
  checkChain(rounds, report);
  report.step(
    "信源约定在先、开奖在后，随机性足够；已开奖的，由号码重算的种子相同",
    "Sources were named before they were held and are random enough; once held, the seeds follow from the values",
  );
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
  report.step("机关以外的凭证，所证的就是这些文件", "Evidence from outside is of these very files");
  for (const round of rounds) checkAnchors(round);
  addLimits(rounds, report);
}

/** Check one round's draws as far as its files allow (一轮). */
function checkRound(round, rounds) {
  const { name, audit } = round;
  const open = round.first.tasks.some((task) => task.access === "open");
  const drawn = round.reveal ? ["、签号、次序和名单", ", numbers, order and lists"] : ["", ""];
  const all = `all tasks: frame, salts, strata, chances${drawn[1]} computed again`;
  const some = `open tasks: frame, chances${drawn[1]} computed again`;
  if (audit) stepOf(round, `全部任务：抽样框、盐、层、机会${drawn[0]}逐户重算`, all);
  else if (open) stepOf(round, `公开任务：抽样框、机会${drawn[0]}逐户重算`, some);
  else stepOf(round, "没有公开任务，名单留待审计方重算", "no open task: the lists are for an auditor to compute");
  checkTasks(round);
  checkResult(round);
  if (audit) {
    stepOf(round, "递补依次进行，两人经手", "step-ins in their order, by two persons");
    checkStepins(round);
    stepOf(round, "日程、检查人员的抽取和以后的变动重算", "calendar, draw of inspectors and later changes computed again");
    checkSeconds(round);
    stepOf(round, "日志首尾相接，步骤、时间、人员合乎规程", "log: chain, steps, times and persons");
    readLog(round);
    checkLog(round, rounds);
  }
  let state = ["尚未抽取", "not drawn yet"];
  if (round.abandoned) state = ["已放弃", "abandoned"];
  if (round.reveal) state = ["已抽取", "drawn"];
  const kind = round.real ? ["真实轮次", "a real round"] : ["演练", "a rehearsal"];
  round.report.checked.push([`${name}：${kind[0]}，${state[0]}`, `${name}: ${kind[1]}, ${state[1]}`]);
}

function stepOf(round, zh, en) {
  round.report.step(`${round.name} ${zh}`, `${round.name}, ${en}`);
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
      `${round.name}, public part alone: key, salts, sealed frames, strata, reserve, step-ins,` +
        " calendar, inspectors, log",
    ]);
  }
  report.unchecked.push([
    "开奖结果与时间须与开奖机构公布的核对；规则所列信源与间隔、改期的半天、网页与文书（公告所载摘要除外）未核验",
    "values and times of sources are to be compared with the organiser's; the rules' list of sources and longer" +
      " intervals, the half-day of a move, pages and papers (but for a notice's digest) are not checked",
  ]);
}
