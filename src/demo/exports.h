// SPDX-License-Identifier: Apache-2.0
// The simulated history as platforms would export it on the day after its last day. One function per
// platform; each returns files under exports/ with that platform's header, spellings and quirks.
#pragma once

#include "demo/csv.h"
#include "demo/world.h"

namespace backcast::demo {

DemoFiles ExportX(const World& world);            ///< per post and per day, one file of each per quarter
DemoFiles ExportYouTube(const World& world);      ///< content as a folder, geography as a zip
DemoFiles ExportMetaContent(const World& world);  ///< Facebook and Instagram posts
DemoFiles ExportMetaAds(const World& world);
DemoFiles ExportGoogleAds(const World& world);
DemoFiles ExportSite(const World& world);      ///< Google Analytics, one report per quarter
DemoFiles ExportVisits(const World& world);    ///< the site's own log: visits, events, sign-ins
DemoFiles ExportShop(const World& world);      ///< Shopify orders
DemoFiles ExportCrm(const World& world);       ///< HubSpot contacts and deals
inline constexpr int kFirstReader = 44000000;  ///< LEID of a reader of number 0
DemoFiles ExportLetters(const World& world);   ///< Mailchimp audience: subscribed and unsubscribed
/// Mentions, surveys, creators, forum, followers; and labels.csv, which is the brand's own.
DemoFiles ExportVoices(const World& world);
/// E-mail, messages and calls. Error: kInternal when the sentences cannot be read.
Result<DemoFiles> ExportDesk(const World& world);
/// As exports name the conversation.
std::string ContactId(const Contact& contact);

}  // namespace backcast::demo
