// 承诺链 (the chain of real commitments over all rounds at hand); section 3.

/** Follow the chain, first and second commitments alike (承诺链). */
function checkChain(rounds, report) {
  const agencies = new Map();
  const known = new Map();
  for (const round of rounds) {
    const digest = hex(round.digest);
    const key = `${round.first.agency} ${round.name}`;
    if (!known.has(key)) known.set(key, digest);
    want(known.get(key) === digest, "chain.second_round", round.public.label);
    if (!round.real) continue;
    const { agency } = round.first;
    if (!agencies.has(agency)) agencies.set(agency, new Map());
    for (const [where, commitment, own, reveal, abandoned] of round.commitments()) {
      const link = { where, round: round.name, commitment, digest: hex(own), drawn: reveal !== null, abandoned };
      const links = agencies.get(agency);
      if (!links.has(link.digest) || link.drawn || link.abandoned) links.set(link.digest, link);
    }
  }
  for (const agency of sortedTexts(agencies.keys())) {
    const links = [...agencies.get(agency).values()];
    links.sort((a, b) => compareKeys([a.commitment.sequence, a.digest], [b.commitment.sequence, b.digest]));
    checkLinks(links, new Set(links.map((link) => link.round)).size > 1);
    const [first, last] = [links[0].commitment.sequence, links[links.length - 1].commitment.sequence];
    report.checked.push([`${agency} 的承诺链：第 ${first} 至 ${last} 号`, `chain of ${agency}: sequence ${first} to ${last}`]);
    if (first > 1) {
      report.unchecked.push([
        `第 ${first} 号以前的承诺未提供（--history）`,
        `commitments before sequence ${first} were not given (--history)`,
      ]);
    }
  }
}

/** Check one agency's commitments in the order of sequence (逐环核验). */
function checkLinks(links, whole) {
  const keys = new Map();
  const months = new Map();
  for (const link of links) {
    const key = link.commitment.key_digest;
    if (key === undefined) continue;
    if (!keys.has(key)) keys.set(key, link.round);
    want(keys.get(key) === link.round, "chain.key_twice", link.where, key);
    const month = link.round.slice(0, 7);
    const latest = months.get(month) || link.round;
    want(compareTexts(latest, link.round) <= 0, "chain.letter", link.where, link.round);
    months.set(month, link.round);
  }
  const numbers = new Map(links.map((link) => [link.digest, link.commitment.sequence]));
  for (const link of links) {
    const { previous, sequence } = link.commitment;
    const due = (numbers.has(previous) ? numbers.get(previous) : sequence - 1) + 1;
    want(sequence === due, "chain.gap", link.where, due);
  }
  for (let k = 1; k < links.length; k++) {
    const [before, after] = [links[k - 1], links[k]];
    const step = after.commitment.sequence - before.commitment.sequence;
    want(step !== 0, "chain.fork", after.where, after.commitment.sequence);
    want(step === 1 || !whole, "chain.gap", after.where, before.commitment.sequence + 1);
    const linked = step !== 1 || after.commitment.previous === before.digest;
    want(linked, "chain.previous", after.where, after.commitment.previous);
    const time = after.commitment.committed_at;
    want(before.commitment.committed_at <= time, "chain.clock", after.where, time);
  }
  links.forEach((after, number) => {
    const time = after.commitment.committed_at;
    for (const before of links.slice(0, number)) {
      const late = lastAt(before.commitment) < time;
      want(!late || before.drawn || before.abandoned, "chain.overdue", after.where, before.where);
      const then = late && before.abandoned && before.abandoned.at > time;
      want(!then, "chain.overdue_then", after.where, before.where);
    }
  });
}

/** Ask that no unit of a drawn round is framed again in the month for an item it shares (增补轮次). */
function checkExtraRounds(rounds, report) {
  const months = new Map();
  for (const round of rounds) {
    if (!round.real) continue;
    const month = round.name.slice(0, 7);
    months.set(month, [...(months.get(month) || []), round]);
  }
  for (const month of sortedTexts(months.keys())) {
    const found = months.get(month).sort((a, b) => compareTexts(a.name, b.name));
    const extra = found.some((round) => round.name.length > 7);
    const seen = found.some((round) => round.framed.size);
    if (extra && (found.length === 1 || !seen)) {
      report.unchecked.push([
        `${month} 增补轮次是否重复抽样框中的对象`,
        `${month}: whether the extra round frames units again`,
      ]);
    }
    found.forEach((before, k) => {
      for (const after of found.slice(k + 1)) if (before.reveal) checkFramedAgain(before, after);
    });
  }
}

function checkFramedAgain(before, after) {
  for (const [old, units] of before.framed) {
    for (const [task, others] of after.framed) {
      if (![...before.items.get(old)].some((item) => after.items.get(task).has(item))) continue;
      for (let k = 0; k < others.count; k++) {
        const unit = others.text(k);
        const again = units.has(utf8(unit));
        const words = `${before.name} ${old}: [b${written(unit)}]`;
        want(!again, "extra.framed_again", `${after.public.label} ${task}`, words);
      }
    }
  }
}
