// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"
#include "desk/answer_paper.h"
#include "desk/influence_data.h"

namespace backcast {
namespace {

std::string Number(double value) { return FormatNumber(value, "count", true); }
std::string Percent(double value) { return FormatNumber(value, "ratio", true); }
std::string OrDash(const std::optional<double>& value, const std::string& unit) {
  return value ? FormatNumber(*value, unit, true) : "—";
}
std::string CostText(const Creator& creator, const std::string& currency) {
  return creator.cost_withheld ? "withheld" : OrDash(creator.cost, currency);
}
std::string NameOf(const Creator& creator) { return creator.name.empty() ? "(no name)" : creator.name; }

std::string PerText(const CostPer& per, const std::string& currency) {
  if (!per.value) return per.too_few ? "too few" : "—";
  return FormatNumber(*per.value, currency, true) + " (" + FormatNumber(per.interval.low, "score", true) +
         " – " + FormatNumber(per.interval.high, "score", true) + ")";
}

std::string PerText(const PostCost& per, const std::string& currency) {
  if (!per.value) return "—";
  std::string value = FormatNumber(*per.value, currency, true);
  if (!per.within) return value;
  return value + " (" + FormatNumber(per.within->low, "score", true) + " – " +
         FormatNumber(per.within->high, "score", true) + ")";
}

/// Limits of a share: "13.3 – 28.9 %".
std::string Within(const Interval& interval) {
  return FormatNumber(100 * interval.low, "score", true) + " – " + Percent(interval.high);
}

std::string ShareText(double k, double n) {
  const auto share = ShareOf(k, n);
  if (!share) return "—";
  return Percent(share->value) + " (" + Within(share->interval) + ") of " + Number(n);
}

std::string VerdictText(const Creator& creator, const JudgedCost& cost) {
  if (creator.cost_withheld) return "not compared";
  switch (cost.verdict) {
    case CostVerdict::kCheaper:
      return "cheaper than the others";
    case CostVerdict::kDearer:
      return "dearer than the others";
    case CostVerdict::kNoDifference:
      return "no difference shown";
    case CostVerdict::kTooLittle:
      return "too little data";
    case CostVerdict::kNoCost:
      return "no cost booked";
    case CostVerdict::kReference:
    case CostVerdict::kNotCompared:
      break;
  }
  return "not compared";
}

void Outcomes(const InfluenceAnswer& answer, AnswerPaper& paper) {
  paper.Heading("Creators of " + ToWords(answer.period) + ": what they cost and what came of it");
  AnswerTable table{
      {"creator", "cost", "orders", "counted by", "cost per order", "revenue", "visits", "verdict"},
      {false, true, true, false, true, true, true, false},
      {}};
  for (std::size_t i = 0; i < answer.creators.size(); ++i) {
    const Creator& creator = answer.creators[i];
    const std::string from = creator.from == OrdersFrom::kBooks      ? "own books"
                             : creator.from == OrdersFrom::kReported ? "as reported"
                                                                     : "nobody";
    table.rows.push_back(
        {NameOf(creator), CostText(creator, answer.currency), OrDash(creator.orders(), "count"), from,
         PerText(answer.judged[i].full, answer.currency), OrDash(creator.revenue, answer.currency),
         OrDash(creator.visits, "count"), VerdictText(creator, answer.judged[i])});
  }
  paper.Table(table);
  paper.Sentence(
      "Cost is fee and product. Orders are those of the period that name the creator's code or campaign; "
      "they "
      "come weeks after a post, so a short period parts the cost from what it brought. A code says who had "
      "it, "
      "not that the creator won the buyer: coupon sites pass codes on.");
  for (const Creator& creator : answer.creators) {
    if (creator.cost_withheld)
      paper.Sentence("The cost of " + NameOf(creator) + " is withheld: " + creator.no_cost + ".");
  }
  for (const std::string& key : answer.shared)
    paper.Sentence("Several creators have the " + key + ", so its orders count for none of them.");
  paper.End();
}

void Engagement(const InfluenceAnswer& answer, AnswerPaper& paper) {
  paper.Heading("Engagement, and what is left without suspected followers");
  AnswerTable table{{"creator", "engagements", "authentic", "cost of one", "of an authentic one"},
                    {false, true, true, true, true},
                    {}};
  bool unknown = false;
  for (const Creator& creator : answer.creators) {
    unknown = unknown || !creator.authentic;
    table.rows.push_back({NameOf(creator), OrDash(creator.engagements, "count"),
                          creator.authentic ? Number(creator.authentic->value) + " (" +
                                                  Number(creator.authentic->interval.low) + " – " +
                                                  Number(creator.authentic->interval.high) + ")"
                                            : "unknown",
                          PerText(creator.per_engagement, answer.currency),
                          PerText(creator.per_authentic, answer.currency)});
  }
  paper.Table(table);
  paper.Sentence(
      "Authentic is as if suspected followers engaged like everybody else; nobody sees whose "
      "engagement it was.");
  paper.Sentence("Limits of a cost are told from " + std::to_string(kPostsForInterval) +
                 " posts on, because engagements come by posts.");
  if (unknown) paper.Sentence("Unknown: no random sample of that creator's followers was read.");
  paper.End();
}

void Audiences(const InfluenceAnswer& answer, AnswerPaper& paper) {
  AnswerTable table{
      {"creator", "suspected", "in the target", "quality", "sampled"}, {false, true, true, true, true}, {}};
  bool small = false;
  std::vector<std::string> reasons;
  for (const Creator& creator : answer.creators) {
    const FollowerCounts& counts = creator.followers;
    if (counts.sampled <= 0) continue;
    small = small || counts.told < kFollowersForSample;
    std::string why;
    for (const auto& [rule, followers] : counts.reasons)
      why += (why.empty() ? "" : ", ") + rule + " " + Number(followers);
    if (!why.empty()) reasons.push_back("Why suspected, " + NameOf(creator) + ": " + why + ".");
    table.rows.push_back(
        {NameOf(creator), ShareText(counts.suspected, counts.told),
         counts.placed > 0           ? ShareText(counts.in_target, counts.placed)
         : creator.told_target_share ? Percent(*creator.told_target_share) + " as told"
                                     : "—",
         creator.quality ? Percent(creator.quality->value) + " (" + Within(creator.quality->interval) + ")"
                         : "—",
         Number(counts.sampled)});
  }
  if (table.rows.empty()) return;
  paper.Heading("Audience: real, and the right one");
  paper.Table(table);
  for (const std::string& reason : reasons) paper.Sentence(reason);
  paper.Sentence(
      "Quality is the share of followers who are in the target and not suspected. It says what a "
      "share looks like, never who is a bot; better bots pass.");
  if (small) paper.Sentence("Samples under 400 followers are small; their intervals say how small.");
  paper.End();
}

void Faults(const InfluenceAnswer& answer, AnswerPaper& paper) {
  AnswerTable table{{"creator", "deliverable", "what", "due", "published", "days late"},
                    {false, false, false, false, false, true},
                    {}};
  for (const Deliverable& one : answer.faults) {
    const std::string what = one.fault == Deliverable::Fault::kUndisclosed
                                 ? "does not say that it is paid for"
                             : one.fault == Deliverable::Fault::kLate ? "late"
                                                                      : "not published";
    table.rows.push_back({one.creator, one.collaboration + "/" + one.id, what,
                          one.due ? ToIso(*one.due) : "—", one.published ? ToIso(*one.published) : "—",
                          one.days > 0 ? std::to_string(one.days) : "—"});
  }
  double unmarked = 0;
  for (const Creator& creator : answer.creators) unmarked += creator.out - creator.marked;
  if (table.rows.empty() && unmarked <= 0) return;
  paper.Heading("Deliverables to look at");
  paper.Table(table);
  if (unmarked > 0)
    paper.Sentence(Counted(static_cast<std::int64_t>(unmarked), "deliverable") +
                   " of which nobody noted whether the post says that it is paid for.");
  paper.End();
}

std::string PointText(double value) { return FormatNumber(value, "score", true); }

void Scores(const InfluenceAnswer& answer, AnswerPaper& paper) {
  for (const Creator& creator : answer.creators) {
    if (!creator.score) continue;
    const CreatorScore& score = *creator.score;
    paper.Heading("Score of " + NameOf(creator) + " by the plan's criteria: " +
                  (score.score ? PointText(*score.score) + " of 100 (" + PointText(score.worst) + " – " +
                                     PointText(score.best) + "), on " + Percent(score.known / score.all) +
                                     " of the weights"
                               : "nothing is known"));
    AnswerTable table{{"criterion", "of", "value", "bad to good", "points", "weight", "adds"},
                      {false, false, true, true, true, true, true},
                      {}};
    for (std::size_t i = 0; i < score.lines.size(); ++i) {
      const CriterionScore& line = score.lines[i];
      const Framework& framework = answer.framework;
      const std::string of = framework.metrics[i].empty() ? framework.columns[i] : framework.metrics[i];
      table.rows.push_back(
          {line.id, of, line.of.value ? PointText(*line.of.value) : "missing",
           PointText(framework.criteria[i].bad) + " to " + PointText(framework.criteria[i].good),
           line.points ? PointText(*line.points) : "—", PointText(line.weight),
           line.points ? PointText(line.contribution) : "—"});
    }
    paper.Table(table);
    for (const CriterionScore& line : score.lines) {
      if (!line.of.value) paper.Sentence(line.id + " is missing, not nought: " + line.of.missing + ".");
    }
    paper.End();
  }
}

void MediaValue(const InfluenceAnswer& answer, AnswerPaper& paper) {
  if (!answer.framework.price) return;
  paper.Heading("Earned media value, as context only");
  AnswerTable table{{"creator", "engagements", "at the plan's price"}, {false, true, true}, {}};
  for (const Creator& creator : answer.creators)
    table.rows.push_back({NameOf(creator), OrDash(creator.engagements, "count"),
                          OrDash(creator.media_value, answer.currency)});
  paper.Table(table);
  paper.Sentence("This is no money: nobody paid it and nobody earned it. It is engagements times " +
                 FormatNumber(*answer.framework.price, answer.currency, true) +
                 (answer.framework.price_why.empty() ? "" : " (" + answer.framework.price_why + ")") +
                 ", and enters no score and no cost.");
  paper.End();
}

}  // namespace

std::string InfluencePaper(const InfluenceAnswer& answer, Format format, int columns) {
  AnswerPaper paper(format, columns);
  Outcomes(answer, paper);
  Engagement(answer, paper);
  Audiences(answer, paper);
  Faults(answer, paper);
  Scores(answer, paper);
  MediaValue(answer, paper);
  return paper.Take();
}

}  // namespace backcast
