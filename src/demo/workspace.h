// SPDX-License-Identifier: Apache-2.0
// The files of the workspace that are not exports: plan, costs, calendar, notes, and the truth about
// everything.
#pragma once

#include "base/result.h"
#include "demo/by_hand.h"
#include "demo/csv.h"
#include "demo/world.h"

namespace backcast::demo {

/// Labour, tools and fees of every month; media only where no ad platform reports it.
std::vector<CostLine> Costs(const World& world);

std::string CostsFile(const World& world);
std::string CalendarFile(const World& world);

/// BaselineOf and LastMonthOf the history.
Window BaselineWindow(const World& world);
Window LastMonth(const World& world);

/// plan.yaml, with baselines and targets computed from the history. Error: kInternal when a placeholder has
/// no value.
Result<std::string> PlanFile(const World& world);
/// notes/*.md of the days that lie in the history.
DemoFiles Notes(const World& world);

/// truth.json: parameters, events with true effects, daily totals by stage and channel, what the exports add
/// up to, the theme of every post, and `files`, everything that was written.
std::string TruthFile(const World& world, const std::vector<std::string>& files);
/// The `files` of a truth.json; empty when the text is no truth of a demo.
std::vector<std::string> FilesOfTruth(const std::string& json);

/// Sums over a window, channels and countries; what the site's tool would add up.
SiteCell SumSite(const World& world, const Window& window, const std::vector<Channel>& channels,
                 bool target_only);
inline const std::vector<Channel> kSocialChannels = {Channel::kInstagram, Channel::kFacebook, Channel::kX,
                                                     Channel::kYouTube, Channel::kMetaAds};
/// Cents that are left of the orders of a window, after discounts, refunds and cancellations. `with_source`:
/// only of the orders whose source the shop kept, which is what an export can show.
std::int64_t NetRevenue(const World& world, const Window& window, const std::vector<Channel>& channels,
                        bool with_source = false);

}  // namespace backcast::demo
