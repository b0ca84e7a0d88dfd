// SPDX-License-Identifier: Apache-2.0
#include "desk/influence.h"

#include "desk/influence_data.h"

namespace backcast {
namespace {

/// Cost per order, creators held against each other.
void Judge(InfluenceAnswer& answer) {
  std::vector<ChannelCost> rows;
  for (const Creator& creator : answer.creators) {
    ChannelCost row;
    row.channel = creator.name;
    row.title = creator.name;
    row.cost.full = creator.cost;
    row.cost.withheld = creator.cost ? "" : creator.no_cost;
    row.counts.all = creator.orders();
    row.weekly = creator.weekly;
    rows.push_back(std::move(row));
  }
  answer.judged = JudgeCosts(
      rows, {.headline = Headline::kAll, .period_weeks = answer.period.days() / 7.0, .against = ""});
}

void Reduce(Creator& creator) {
  creator.suspected = ShareOf(creator.followers.suspected, creator.followers.told);
  if (creator.engagements) creator.authentic = AuthenticEngagements(*creator.engagements, creator.followers);
  creator.quality = AudienceQuality(creator.followers, creator.told_target_share);
  creator.per_engagement = CostPerOne(creator.cost, creator.engagements, 1);
  creator.per_visit = CostPerOne(creator.cost, creator.visits, 1);
  // The sample decides how sure this is, not the number of engagements.
  if (creator.cost && *creator.cost > 0 && creator.authentic && creator.authentic->interval.low > 0) {
    creator.per_authentic.value = *creator.cost / creator.authentic->value;
    creator.per_authentic.interval = {*creator.cost / creator.authentic->interval.high,
                                      *creator.cost / creator.authentic->interval.low};
    creator.per_authentic.n = static_cast<std::int64_t>(creator.authentic->n);
  } else {
    creator.per_authentic.why_not = !creator.cost          ? "no cost is booked"
                                    : !creator.engagements ? "no engagements are reported"
                                                           : "no sample of this creator's followers tells";
  }
}

}  // namespace

std::string_view ToWord(Deliverable::Fault fault) {
  switch (fault) {
    case Deliverable::Fault::kUndisclosed:
      return "undisclosed";
    case Deliverable::Fault::kLate:
      return "late";
    case Deliverable::Fault::kOverdue:
      break;
  }
  return "overdue";
}

std::string_view ToWord(OrdersFrom from) {
  switch (from) {
    case OrdersFrom::kBooks:
      return "own_orders";
    case OrdersFrom::kReported:
      return "reported";
    case OrdersFrom::kNobody:
      break;
  }
  return "not_counted";
}

Result<Answer> ShowInfluence(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  InfluenceAnswer answer;
  answer.workspace = workspace.name();
  answer.period = ready.request.period;
  answer.as_of = ready.request.as_of;
  answer.currency = ready.currency.empty() ? "currency" : ready.currency;
  BACKCAST_TRY(answer.framework, ReadFramework(workspace));
  BACKCAST_CHECK(ReadCreators(workspace, ready, answer));
  for (Creator& creator : answer.creators) {
    Reduce(creator);
    if (answer.framework.price && creator.engagements)
      creator.media_value = *creator.engagements * *answer.framework.price;
  }
  Judge(answer);
  BACKCAST_CHECK(ScoreCreators(workspace, ready, answer));
  Answer out;
  out.out = options.format == Format::kJson ? InfluenceJson(answer) : InfluencePaper(answer, options.format);
  return out;
}

}  // namespace backcast
