// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"
#include "desk/answer_paper.h"
#include "desk/care_issues.h"
#include "report/hostile.h"

namespace backcast {
namespace {

constexpr std::size_t kMostIssues = 25, kMostDrivers = 3;

std::string Number(double value) { return FormatNumber(value, "count", false); }
std::string Percent(double value) { return FormatNumber(value, "ratio", true); }
std::string Times(double ratio) { return "×" + FormatNumber(ratio, "score", true); }

std::string VerdictText(TrendVerdict verdict) {
  return verdict == TrendVerdict::kRising          ? "rising"
         : verdict == TrendVerdict::kFalling       ? "falling"
         : verdict == TrendVerdict::kNoChangeShown ? "no change shown"
                                                   : "too little data";
}

/// Says how many rows a table leaves out.
void SayMore(std::size_t all, AnswerSection& section) {
  if (all > kMostIssues)
    section.sentences.push_back("And " + std::to_string(all - kMostIssues) + " more issues, in --json.");
}

AnswerSection Pareto(const CareIssues& issues) {
  AnswerSection section{
      "What " + Number(issues.contacts) + " contacts of " + ToWords(issues.period) + " were about",
      {{"issue", "contacts", "posts", "notes", "share", "so far"}, {false, true, true, true, true, true}, {}},
      {}};
  const double coded = issues.contacts - issues.uncoded;
  for (std::size_t i = 0; i < issues.issues.size() && i < kMostIssues; ++i) {
    const IssueRow& row = issues.issues[i];
    const auto share = WilsonInterval(row.contacts(), coded);
    section.table.rows.push_back(
        {(row.key ? "* " : "  ") + row.issue, Number(row.contacts()), Number(row.posts), Number(row.notes),
         share.ok() ? Percent(row.contacts() / coded) + " (" + Percent(share.value().low) + " – " +
                          Percent(share.value().high) + ")"
                    : "—",
         Percent(row.cumulative)});
  }
  SayMore(issues.issues.size(), section);
  section.sentences.push_back("* key issues: together " + Percent(issues.rules.key_share) +
                              " of what is filed under an issue.");
  if (issues.uncoded > 0)
    section.sentences.push_back(Number(issues.uncoded) + " contacts are filed under no issue.");
  return section;
}

AnswerSection Trends(const CareIssues& issues) {
  AnswerSection section{"Whether it is asked about more than in " + ToWords(issues.compare),
                        {{"issue", "a day", "before", "its share, times that before", "verdict"},
                         {false, true, true, true, false},
                         {}},
                        {}};
  if (issues.compare.days() <= 0) return section;
  const auto a_day = [](double contacts, const Window& window) {
    return FormatNumber(contacts / window.days(), "score", true);
  };
  for (std::size_t i = 0; i < issues.issues.size() && i < kMostIssues; ++i) {
    const IssueRow& row = issues.issues[i];
    const IssueTrend& trend = row.trend;
    section.table.rows.push_back({row.issue, a_day(trend.now, issues.period),
                                  a_day(trend.before, issues.compare),
                                  trend.ratio ? Times(*trend.ratio) + " (" + Times(trend.interval->low) +
                                                    " – " + Times(trend.interval->high) + ")"
                                              : "—",
                                  VerdictText(trend.verdict)});
  }
  SayMore(issues.issues.size(), section);
  section.sentences.push_back(
      "Of all that is asked: when one share rises, others fall. Adjusted for looking at all of them.");
  return section;
}

AnswerSection Drivers(const CareIssues& issues) {
  AnswerSection section{"What drives the key issues",
                        {{"issue", "driver", "contacts", "of the issue", "process owner"},
                         {false, false, true, true, false},
                         {}},
                        {}};
  std::size_t key = 0;
  for (const IssueRow& row : issues.issues) {
    if (!row.key || ++key > kMostIssues) continue;
    for (std::size_t i = 0; i < row.drivers.size() && i < kMostDrivers; ++i) {
      const IssueDriver& one = row.drivers[i];
      section.table.rows.push_back({row.issue, one.driver.empty() ? "(not said)" : one.driver,
                                    Number(one.contacts), Percent(one.contacts / row.contacts()),
                                    i == 0 ? row.process_owner : ""});
    }
  }
  SayMore(key, section);
  return section;
}

std::string PerOrdersText(const PerOrders& per) {
  const auto limits = LimitsPer100(per);
  if (!limits) return "too little data, have " + Number(per.orders) + " orders, need about 50";
  return FormatNumber(100 * per.contacts / per.orders, "score", true) + " (" +
         FormatNumber(limits->low, "score", true) + " – " + FormatNumber(limits->high, "score", true) + ")";
}

std::string FaultText(const TaxonomyFault& fault, const TaxonomyHealth& taxonomy) {
  if (fault.id == "too_few") return "too few issues (" + Number(fault.have) + ") to tell anything apart";
  if (fault.id == "too_many")
    return "too many issues (" + Number(fault.have) + ", at most " + Number(fault.limit) + ") to learn from";
  if (fault.id == "other")
    return Percent(fault.have) + " are filed under a word for the rest, at most " + Percent(fault.limit);
  if (fault.id == "uncoded")
    return "only " + Percent(fault.have) + " are filed at all, at least " + Percent(fault.limit);
  return "one issue, " + taxonomy.largest + ", has " + Percent(fault.have) + ": split it";
}

std::vector<std::string> Health(const CareIssues& issues) {
  const TaxonomyHealth& taxonomy = issues.taxonomy;
  if (!taxonomy.enough)
    return {"The list of issues is not judged: have " + Number(taxonomy.contacts) + " contacts, need about " +
            std::to_string(issues.rules.fewest_cases) + "."};
  if (taxonomy.faults.empty())
    return {"The list of issues holds: " + Number(taxonomy.issues) + " issues, as telling as " +
            FormatNumber(taxonomy.effective, "score", true) + " of equal size."};
  std::vector<std::string> sentences;
  for (const TaxonomyFault& fault : taxonomy.faults)
    sentences.push_back("The list of issues: " + FaultText(fault, taxonomy) + ".");
  return sentences;
}

std::vector<std::string> Avoidable(const CareIssues& issues) {
  double contacts = 0;
  bool said = false;
  for (const IssueRow& row : issues.issues) {
    said |= row.avoidable.has_value();
    contacts += row.contacts() * row.avoidable.value_or(0);
  }
  if (!said) return {"The plan does not say which contacts are avoidable (service_review.issues.avoidable)."};
  std::string text = "Avoidable, by the shares that the plan assumes: " + Number(contacts) + " contacts";
  text += issues.cost_per_contact
              ? ", " + FormatNumber(contacts * *issues.cost_per_contact, issues.currency, true) + " at " +
                    FormatNumber(*issues.cost_per_contact, issues.currency, false) + " each."
              : "; what one costs the plan does not say (care.cost_per_contact).";
  return {text};
}

std::vector<std::string> Proofs(const CareIssues& issues) {
  std::vector<std::string> sentences;
  for (const IssueRow& row : issues.issues) {
    for (const ChangeAnswer& answer : row.improvements) {
      for (const Claim& claim : answer.claims) sentences.push_back(row.issue + ": " + claim.text());
      if (answer.expected.test.verdict == BeforeAfter::Verdict::kCannotTell)
        sentences.push_back(row.issue + ": whether " + answer.change.id +
                            " worked cannot be told: " + answer.expected.because);
    }
  }
  return sentences;
}

std::string Write(const AnswerSection& section, Format format, int columns) {
  if (section.table.rows.empty() && section.sentences.empty()) return "";
  const bool text = format == Format::kText;
  std::string out =
      text ? Wrapped(section.heading, 0, columns) : "## " + EscapeMarkdown(section.heading) + "\n\n";
  if (!section.table.rows.empty())
    out += text ? section.table.Folded(columns) : section.table.ToMarkdown() + "\n";
  for (const std::string& sentence : section.sentences)
    out += text ? Wrapped(Visible(sentence), 2, columns) : EscapeMarkdown(sentence) + "\n\n";
  return out + (text ? "\n" : "");
}

}  // namespace

std::string CareIssuesPaper(const CareIssues& issues, Format format, int terminal) {
  const int columns = PaperColumns(terminal);
  AnswerSection more{"How the list holds, and what could be spared", {}, Health(issues)};
  if (issues.per_orders && issues.per_orders->orders > 0)
    more.sentences.push_back("Contacts per 100 orders: " + PerOrdersText(*issues.per_orders) +
                             (issues.per_orders_before && issues.per_orders_before->orders > 0
                                  ? ", before " + PerOrdersText(*issues.per_orders_before)
                                  : "") +
                             ".");
  for (const std::string& sentence : Avoidable(issues)) more.sentences.push_back(sentence);
  for (const std::string& sentence : Proofs(issues)) more.sentences.push_back(sentence);
  for (const std::string& remark : issues.remarks) more.sentences.push_back(remark);
  std::string out = Write(Pareto(issues), format, columns) + Write(Trends(issues), format, columns) +
                    Write(Drivers(issues), format, columns) + Write(more, format, columns);
  if (issues.proposals.empty()) return out;
  if (format == Format::kMarkdown) return out + "## For plan.yaml\n\n```yaml\n" + issues.proposals + "```\n";
  return out +
         "For plan.yaml; what has an owner here has one by the words of its driver, so look twice:\n\n" +
         issues.proposals;
}

}  // namespace backcast
