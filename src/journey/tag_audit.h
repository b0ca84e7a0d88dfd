// SPDX-License-Identifier: Apache-2.0
// Whether the tags of links tell the truth: money that brings no visit under its name, visits without a name,
// one name in several spellings, tags that contradict each other. Pure: what was counted comes in, findings
// go out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace backcast {

/// Visits that came with the same tags.
struct TaggedVisits {
  std::string source, medium, campaign;  ///< as written; empty: none
  std::string channel_group;             ///< what the visits were counted as
  double sessions = 0;
};

/// What an ad platform says of one campaign.
struct PaidCampaign {
  std::string platform, campaign;
  std::string channel_group;  ///< what its visits should be counted as
  double spend = 0, clicks = 0;
};

struct TagFinding {
  enum class Kind : std::uint8_t {
    kSpendWithoutVisits,     ///< a paid campaign that no visit names
    kVisitsWithoutCampaign,  ///< visits of a paid or mailed medium that name no campaign
    kSpellings,              ///< one name, written in several ways
    kConflict,               ///< a paid campaign whose visits are counted as another channel
  };
  Kind kind = Kind::kSpellings;
  std::string field;                      ///< source, medium, campaign
  std::vector<std::string> names;         ///< as written, most visits first
  std::string proposed;                   ///< the name that should stand there; empty: a person must say
  std::string channel_group, counted_as;  ///< of a conflict: what it should be and what it is
  std::string platform;
  double sessions = 0;  ///< visits behind it
  double spend = 0;     ///< money behind it, currency of the campaigns
  double clicks = 0;
};
std::string_view ToWord(TagFinding::Kind kind);  ///< "spend_without_visits", ...

/// Letters and figures of a name in lower case; "Always-On" and "always_on" fold to the same.
std::string FoldedTag(std::string_view name);

/// Words by which tools say that there is no campaign: (not set), (organic), (direct), (referral), none.
bool IsNoTag(std::string_view name);

/// Two names that are one: the same folded, or so near that one is a slip of the other. Names whose figures
/// differ are two names (spring_2025, spring_2026).
bool AreOneName(std::string_view a, std::string_view b);

/// Findings with the most money behind them first, then the most visits. A campaign counts as visited when
/// some visit names it or a spelling of it. Spellings of a source, a medium and of campaigns are looked for
/// apart; the proposed one is the ad platform's own where there is one, else the one with most visits.
std::vector<TagFinding> AuditTags(const std::vector<TaggedVisits>& visits,
                                  const std::vector<PaidCampaign>& campaigns);

}  // namespace backcast
