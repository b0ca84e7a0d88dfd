// SPDX-License-Identifier: Apache-2.0
#include "desk/influence.h"

#include <algorithm>

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

/// The cost is known; how many engagements a post brings varies from post to post.
PostCost PerEngagement(const Creator& creator) {
  PostCost per;
  per.n = static_cast<double>(creator.post_engagements.size());
  per.why_not = !creator.cost                      ? creator.no_cost
                : !creator.engagements             ? "no engagements are reported"
                : creator.engagements.value() <= 0 ? "there are no engagements"
                                                   : "no cost is booked";
  if (!creator.cost || *creator.cost <= 0 || !creator.engagements || *creator.engagements <= 0) return per;
  per.why_not.clear();
  per.value = *creator.cost / *creator.engagements;
  if (creator.post_engagements.size() < kPostsForInterval) return per;
  const std::vector<double> share(creator.post_engagements.size(), *creator.cost / per.n);
  const auto ratio = RatioInterval(share, creator.post_engagements);
  if (ratio.ok())
    per.within = Interval{std::max(0.0, ratio.value().interval.low), ratio.value().interval.high};
  return per;
}

/// At its widest: both what posts and what the sample leave open.
PostCost PerAuthentic(const Creator& creator) {
  PostCost per = PerEngagement(creator);
  if (!per.value) return per;
  if (!creator.suspected || creator.suspected->value >= 1) {
    per.why_not = creator.suspected ? "all sampled followers are suspected"
                                    : "no sample of this creator's followers tells";
    per.value.reset();
    per.within.reset();
    return per;
  }
  per.value = *per.value / (1 - creator.suspected->value);
  if (per.within) {
    per.within->low /= 1 - creator.suspected->interval.low;
    per.within->high /= 1 - creator.suspected->interval.high;
  }
  return per;
}

void Reduce(Creator& creator, double period_weeks) {
  creator.suspected = ShareOf(creator.followers.suspected, creator.followers.told);
  if (creator.engagements) creator.authentic = AuthenticEngagements(*creator.engagements, creator.followers);
  creator.quality = AudienceQuality(creator.followers, creator.told_target_share);
  creator.per_visit =
      CostPerOne(creator.cost, creator.visits, DispersionOf(creator.weekly_visits, period_weeks).factor);
  creator.per_engagement = PerEngagement(creator);
  creator.per_authentic = PerAuthentic(creator);
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

Result<InfluenceAnswer> ReadInfluence(Workspace& workspace, const Ready& ready) {
  InfluenceAnswer answer;
  answer.workspace = workspace.name();
  answer.period = ready.request.period;
  answer.as_of = ready.request.as_of;
  answer.currency = ready.currency.empty() ? "currency" : ready.currency;
  BACKCAST_TRY(answer.framework, ReadFramework(workspace));
  BACKCAST_CHECK(ReadCreators(workspace, ready, answer));
  for (Creator& creator : answer.creators) {
    Reduce(creator, answer.period.days() / 7.0);
    if (answer.framework.price && creator.engagements)
      creator.media_value = *creator.engagements * *answer.framework.price;
  }
  Judge(answer);
  BACKCAST_CHECK(ScoreCreators(workspace, ready, answer));
  return answer;
}

Result<Answer> ShowInfluence(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  BACKCAST_TRY(const InfluenceAnswer answer, ReadInfluence(workspace, ready));
  Answer out;
  out.out = options.format == Format::kJson  ? InfluenceJson(answer)
            : options.format == Format::kCsv ? InfluenceCsv(answer)
                                             : InfluencePaper(answer, options.format, options.style.width);
  return out;
}

}  // namespace backcast
