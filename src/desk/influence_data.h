// SPDX-License-Identifier: Apache-2.0
// What the command influence found, before it is written. Included by desk sources only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audience/authentic.h"
#include "audience/creator_score.h"
#include "desk/answer.h"
#include "desk/ready.h"
#include "desk/workspace.h"
#include "money/cost_verdict.h"

namespace backcast {

/// A deliverable that somebody should look at.
struct Deliverable {
  std::string creator, collaboration, id;
  enum class Fault : std::uint8_t { kUndisclosed, kLate, kOverdue } fault = Fault::kUndisclosed;
  std::optional<Day> due, published;
  int days = 0;  ///< late
};
std::string_view ToWord(Deliverable::Fault fault);  ///< undisclosed, late, overdue

/// Where the orders of a creator were counted.
enum class OrdersFrom : std::uint8_t {
  kNobody,   ///< nobody counted them
  kBooks,    ///< the own orders that name the creator's code or campaign
  kReported  ///< the column orders of the collaboration, as a platform or the creator says
};
std::string_view ToWord(OrdersFrom from);  ///< not_counted, own_orders, reported

/// Posts from which limits of a cost per engagement are told.
inline constexpr std::size_t kPostsForInterval = 5;

/// Cost of one engagement; engagements come by posts, so the post is the unit of chance.
struct PostCost {
  std::optional<double> value;
  std::optional<Interval> within;  ///< nothing under kPostsForInterval posts
  double n = 0;                    ///< posts
  std::string why_not;             ///< set when there is no value
};

struct Creator {
  std::string name;
  std::vector<std::string> platforms, codes, campaigns;
  double deliverables = 0, out = 0;       ///< all; published
  double due = 0, on_time = 0;            ///< with a due day; of them, in time
  double marked = 0, disclosed = 0;       ///< of which it is known whether they say so; that do
  std::optional<double> cost;             ///< fee and product in the answer's currency
  std::string no_cost;                    ///< why there is none
  bool cost_withheld = false;             ///< there is one, in a currency that is not the answer's
  std::optional<double> engagements;      ///< as the platforms count them
  std::optional<double> reported_orders;  ///< column orders
  std::optional<double> own_orders, revenue, first_orders, visits;  ///< by code or campaign, own books
  std::string no_revenue;
  OrdersFrom from = OrdersFrom::kNobody;
  std::vector<double> weekly;               ///< own orders of whole weeks up to the period's end
  std::optional<double> told_target_share;  ///< column target_audience_share
  FollowerCounts followers;                 ///< newest samples of the accounts of that name
  std::string sampled_on;
  std::optional<Reduced> authentic, quality;
  std::optional<SampledShare> suspected;
  std::vector<double> post_engagements;  ///< of every deliverable that tells
  std::vector<double> weekly_visits;     ///< as weekly
  CostPer per_visit;
  PostCost per_engagement, per_authentic;
  std::optional<CreatorScore> score;
  std::optional<double> media_value;  ///< context only

  /// The orders that are held against the cost.
  std::optional<double> orders() const { return from == OrdersFrom::kBooks ? own_orders : reported_orders; }
};

struct Framework {
  std::vector<Criterion> criteria;
  std::vector<std::string> metrics, columns;  ///< of each criterion one is set
  std::vector<std::string> why, where;        ///< of each; the place in the plan
  std::optional<double> price;                ///< per engagement
  std::string price_why;
};

struct InfluenceAnswer {
  std::string workspace, currency;
  Window period;
  Day as_of{};
  std::vector<Creator> creators;   ///< by name
  std::vector<JudgedCost> judged;  ///< cost per order, one per creator in the same order
  std::vector<Deliverable> faults;
  std::vector<std::string> shared;  ///< codes and campaigns of several creators; counted for nobody
  Framework framework;
};

/// The plan's `influencers`. Errors: kInput with the place of a criterion that cannot be used.
Result<Framework> ReadFramework(const Workspace& workspace);
/// Errors: kTooLittle without a collaboration in the period; those of the engine.
Result<Done> ReadCreators(Workspace& workspace, const Ready& ready, InfluenceAnswer& answer);
/// Fills `score` of every creator by the framework's criteria. Errors: kInput for a metric or column that
/// cannot be asked by creator.
Result<Done> ScoreCreators(Workspace& workspace, const Ready& ready, InfluenceAnswer& answer);

/// All of it. Errors: those of the three above.
Result<InfluenceAnswer> ReadInfluence(Workspace& workspace, const Ready& ready);

std::string InfluenceJson(const InfluenceAnswer& answer);
/// Every value of every creator, a row each, and the deliverables to look at.
std::string InfluenceCsv(const InfluenceAnswer& answer);
/// Text or Markdown; `columns` of the terminal.
std::string InfluencePaper(const InfluenceAnswer& answer, Format format, int columns);

}  // namespace backcast
