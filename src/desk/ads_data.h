// SPDX-License-Identifier: Apache-2.0
// What the command ads found, before it is written. Included by desk sources only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/ready.h"
#include "desk/test_return.h"
#include "money/brand_lift.h"
#include "money/creative_fatigue.h"

namespace backcast {

/// One ad that was shown in the period, with its life up to the end of it.
struct Creative {
  std::string platform, campaign, ad_group, ad;
  Day first{}, last{};       ///< days on which it was shown
  bool link_clicks = false;  ///< else all clicks: the export has no others
  Fatigue fatigue;
  /// Impressions over people reached, of the longest exact period that the platform reports for this ad.
  std::optional<double> frequency;
  Window frequency_of{};
};

/// One survey that asked people who saw a campaign and people who did not.
struct SurveyLift {
  std::string survey, campaign;
  BrandLift lift;
  std::optional<double> spent;  ///< ad money of the campaign in the period; nothing where no ad is named so
  std::optional<CostPerPoint> cost;
};

struct AdsAnswer {
  std::string workspace, currency;
  Window period;
  Day as_of{};
  std::vector<Creative> creatives;  ///< the one that fell most first, those with too little last
  std::vector<SurveyLift> lifts;
  std::vector<TestReturn> tests;
};

/// Errors: those of the engine.
Result<std::vector<Creative>> ReadCreatives(Workspace& workspace, const Ready& ready);
Result<std::vector<SurveyLift>> ReadLifts(Workspace& workspace, const Ready& ready);

}  // namespace backcast
