// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>

#include "base/number.h"
#include "desk/answer_paper.h"
#include "desk/answer_table.h"
#include "desk/bots_data.h"
#include "desk/bots_json.h"

namespace backcast {
namespace {

std::string Number(double value) { return FormatNumber(value, "count", false); }
std::string Percent(double value) { return FormatNumber(value, "ratio", true); }

std::string ShareText(double part, double of, const std::optional<Interval>& interval) {
  if (of <= 0 || !interval) return "—";
  return Percent(part / of) + " (" + Percent(interval->low) + " – " + Percent(interval->high) + ")";
}

void Visits(const BotsAnswer& answer, AnswerPaper& paper) {
  paper.Heading("Visits of " + ToWords(answer.period));
  AnswerTable channels{{"channel group", "gross", "suspected", "net", "share", "not checked"},
                       {false, true, true, true, true, true},
                       {}};
  const auto row = [&](const std::string& name, const VisitCount& count) {
    channels.rows.push_back({name, Number(count.gross), Number(count.suspected), Number(count.net()),
                             count.gross > 0 ? Percent(count.suspected / count.gross) : "—",
                             Number(count.unchecked)});
  };
  row("all", answer.all);
  for (const auto& [group, count] : answer.by_channel) row(group.empty() ? "(not said)" : group, count);
  paper.Table(channels);
  paper.End();
  AnswerTable rules{{"rule", "what", "visits"}, {false, false, true}, {}};
  std::string missing;
  for (const RuleState& rule : answer.rules) {
    if (!rule.missing.empty()) {
      missing += (missing.empty() ? "" : "; ") + rule.id + " (" + rule.missing + ")";
    } else if (rule.visits > 0) {
      rules.rows.push_back({rule.id, rule.title, Number(rule.visits)});
    }
  }
  if (!rules.rows.empty()) paper.Table(rules);
  if (!missing.empty()) paper.Sentence("Not checked, because no file fills it: " + missing + ".");
  paper.Sentence("Never checked: networks of data centres, and whoever takes pains to look like a person.");
  paper.End();
}

void Kpis(const BotsAnswer& answer, AnswerPaper& paper) {
  if (answer.kpis.empty()) return;
  paper.Heading("The plan's numbers with and without suspected visits");
  AnswerTable table{{"number", "with", "without", "change"}, {false, true, true, true}, {}};
  std::vector<std::string> sentences;
  std::map<std::string, std::string> untold;  // nodes by the reason
  for (const KpiWithout& kpi : answer.kpis) {
    if (!kpi.gross || !kpi.net) {
      std::string& nodes = untold[kpi.because];
      nodes += (nodes.empty() ? "" : ", ") + kpi.node;
      continue;
    }
    std::string net = FormatNumber(*kpi.net, kpi.unit, true);
    if (kpi.estimate) {
      const LoggedShare& log = *kpi.estimate;
      net = "about " + net + " (" + FormatNumber(*kpi.gross * (1 - log.share.high), kpi.unit, true) + " – " +
            FormatNumber(*kpi.gross * (1 - log.share.low), kpi.unit, true) + ")";
      sentences.push_back("Estimate for " + kpi.node + ": a report by day counts it, and of " +
                          Number(log.told) + " such visits in the log of the same days " +
                          Number(log.suspected) +
                          " are suspected. The report may have left some of them out already.");
    }
    table.rows.push_back({kpi.node + " " + kpi.title, FormatNumber(*kpi.gross, kpi.unit, true), net,
                          *kpi.gross != 0 ? Percent(*kpi.net / *kpi.gross - 1) : "—"});
  }
  if (!table.rows.empty()) paper.Table(table);
  for (const std::string& sentence : sentences) paper.Sentence(sentence);
  for (const auto& [because, nodes] : untold)
    paper.Sentence("Cannot be told for " + nodes + ": " + because + ".");
  paper.End();
}

void Samples(const BotsAnswer& answer, AnswerPaper& paper) {
  for (const FollowerSample& sample : answer.samples) {
    paper.Heading("Followers of " + sample.account + " on " + sample.platform + ", " +
                  Number(sample.sampled) + " sampled on " + sample.day);
    const bool labels = sample.labelled > 0;
    AnswerTable table{{"rule", "what", "followers"}, {false, false, true}, {}};
    if (labels) {
      table.headers.insert(table.headers.end(), {"right", "found of all bots"});
      table.numbers.insert(table.numbers.end(), {true, true});
    }
    std::string missing;
    for (const FollowerSample::Fired& rule : sample.rules) {
      if (!rule.checked) {
        missing += (missing.empty() ? "" : ", ") + rule.id;
        continue;
      }
      table.rows.push_back({rule.id, rule.title, Number(rule.followers)});
      if (!labels) continue;
      table.rows.back().push_back(ShareText(rule.quality.right, rule.quality.found, rule.quality.precision));
      table.rows.back().push_back(ShareText(rule.quality.right, rule.quality.of, rule.quality.recall));
    }
    paper.Table(table);
    paper.Sentence("Suspected: " + ShareText(sample.suspected, sample.told(), sample.share) + " of " +
                   Number(sample.told()) + ", by version " + std::to_string(sample.version) +
                   " of the rules." +
                   (sample.unknown > 0
                        ? " Of " + Number(sample.unknown) + " (" + Percent(sample.unknown / sample.sampled) +
                              ") nobody can say: the file tells nothing that a rule looks at."
                        : ""));
    if (sample.corrected) {
      paper.Sentence("Put right by " + Number(sample.labelled) + " hand labels: " +
                     Percent(sample.corrected->share) + " (" + Percent(sample.corrected->interval.low) +
                     " – " + Percent(sample.corrected->interval.high) + ").");
    } else {
      paper.Sentence("As classified, not put right by hand labels: " + sample.correction_needs + ".");
    }
    if (sample.told() < answer.least_sample)
      paper.Sentence("A small sample: have " + Number(sample.told()) + ", need about " +
                     std::to_string(answer.least_sample) + ".");
    std::string never;
    for (const std::string& what : answer.followers_not_checked) never += (never.empty() ? "" : ", ") + what;
    paper.Sentence("Not checked: " + missing + (missing.empty() ? "" : "; ") + never +
                   ". It says what a share looks like, never who is a bot.");
    paper.End();
  }
}

void Bursts(const BotsAnswer& answer, AnswerPaper& paper) {
  if (answer.bursts.empty()) return;
  paper.Heading("Days on which more followers came than the past explains");
  AnswerTable table{
      {"account", "day", "gained", "expected", "explained by"}, {false, false, true, true, false}, {}};
  std::string short_past;
  int judged = 0;
  for (const AccountBursts& account : answer.bursts) {
    judged += account.found.judged;
    const std::string name = account.platform + " " + account.account;
    if (!account.found.needs.empty())
      short_past += (short_past.empty() ? "" : "; ") + name + ": " + account.found.needs;
    for (const GrowthBurst& burst : account.found.bursts) {
      std::string rose;
      for (const std::string& cause : burst.rose) rose += (rose.empty() ? "" : ", ") + cause;
      table.rows.push_back({name, (burst.days > 1 ? "week to " : "") + ToIso(burst.day), Number(burst.gained),
                            Number(std::round(burst.expected)), rose.empty() ? "nothing explains it" : rose});
    }
  }
  if (!table.rows.empty()) {
    paper.Table(table);
  } else if (judged > 0) {
    paper.Sentence("None in the " + std::to_string(judged) + " days or weeks that could be judged.");
  }
  if (!short_past.empty()) paper.Sentence("Too little data: " + short_past + ".");
  paper.End();
}

}  // namespace

void WriteFollowers(const BotsAnswer& answer, AnswerPaper& paper) {
  Samples(answer, paper);
  Bursts(answer, paper);
}

std::string BotsPaper(const BotsAnswer& answer, Format format) {
  AnswerPaper paper(format);
  if (answer.has_visits) Visits(answer, paper);
  Kpis(answer, paper);
  WriteFollowers(answer, paper);
  std::string out = paper.Take();
  if (const std::string targeting = ToText(answer.targeting); !targeting.empty() && format == Format::kText)
    out += "Targeted, and of how many nobody can say\n\n" + targeting;
  return out;
}

}  // namespace backcast
