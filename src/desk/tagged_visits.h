// SPDX-License-Identifier: Apache-2.0
// Visits by their tags and ad campaigns by their names, as the lake has them.
#pragma once

#include <string>
#include <vector>

#include "desk/ready.h"
#include "journey/tag_audit.h"

namespace backcast {

struct TagPicture {
  std::vector<TaggedVisits> visits;
  std::vector<PaidCampaign> campaigns;
  std::string visits_from;         ///< session or site_day: which fact told them; empty: none
  std::string currency;            ///< of the spend; empty: it stands in several, and spend is left at nought
  double sessions = 0, spend = 0;  ///< all together
};

/// The site's own log where it covers the whole period, else the site report that is cut by its tags. Errors:
/// kInput when there are neither visits nor campaigns, those of the engine.
Result<TagPicture> ReadTagPicture(Workspace& workspace, const Ready& ready);

}  // namespace backcast
