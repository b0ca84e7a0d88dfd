// SPDX-License-Identifier: Apache-2.0
// What people say of the brand and of others: how much, how it feels, what moved that, what is new, and
// whether a fix is noticed. The data behind `listen`, and behind a page of the report.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chain/changes.h"
#include "desk/listen_mentions.h"
#include "desk/ready.h"
#include "listening/issue_velocity.h"
#include "listening/reading_quality.h"
#include "listening/tone_drivers.h"
#include "text/log_odds.h"

namespace backcast {

struct ListenQuestion {
  std::string by;          ///< brand (default), platform, language, topic or issue
  std::string brand;       ///< whose talk is looked at; empty: the own brand's, else all together
  std::size_t topics = 0;  ///< how many; 0: as many as the texts ask for
  int threads = 1;
};

/// A brand, or a group of the mentions in scope.
struct HeardGroup {
  std::string name;  ///< empty: the export does not say
  bool own = false;
  ToneCounts now, before;  ///< export's labels first
  ToneCounts read_now;     ///< of `now`, those whose tone Backcast read
  double engagements_now = 0, engagements_before = 0;
  bool engagements_told = false;
  ToneChange change;
  std::optional<CorrectedTones> corrected;  ///< of the period; only where Backcast read some
  std::string query;                        ///< what was searched for; empty: not written down
  std::string collection;                   ///< why its number cannot be compared; empty: it can
  Day sound_from{};                         ///< of a brand: first day that was collected like the others'
};

/// How mentions of the period were read.
struct HeardReading {
  double told = 0, read = 0, unclassified = 0,
         silent = 0;  ///< by export, by Backcast, by neither, without text
  std::vector<std::pair<std::string, double>> languages;  ///< most first; "" where it could not be told
  std::optional<ReadingQuality> against_exports;          ///< Backcast's own reading, by the exports' labels
  std::optional<ReadingQuality> against_labels;           ///< the reading in force, by labels.csv
  double labels = 0, labels_met = 0;
  std::string not_corrected;  ///< why the labels correct nothing; empty without labels
  std::vector<std::string> domains;
  std::size_t own_words = 0;
};

struct HeardDrivers {
  std::string by;                   ///< issue, topic, platform, language
  std::vector<std::string> groups;  ///< "" for mentions of no group
  std::vector<TonePair> tones;
  ToneDrivers drivers;
  std::string because;  ///< why there are none; empty: there are
};

struct HeardTopic {
  std::string name;
  std::vector<std::string> terms;  ///< none where the export says the topic
  bool told = false;               ///< the export says it; else Backcast found it
  TonePair tones;
};

/// The export's topics where it has them; elsewhere those that Backcast finds.
struct HeardTopics {
  std::vector<HeardTopic> topics;  ///< most mentions first where the export says some
  double coverage = 0, texts = 0;  ///< of mentions with a text or a topic
  double told = 0;                 ///< of these, whose topic the export says
  std::string because;             ///< why Backcast found none
};

struct HeardTerm {
  std::string term;
  double now = 0, before = 0;  ///< mentions with it
  SaidMore said;
};

struct HeardTerms {
  std::vector<HeardTerm> more, less;  ///< sure ones, by falling |z|
  double now = 0, before = 0;         ///< mentions compared
  std::size_t looked_at = 0;
  std::string because;
};

struct HeardSpeed {
  std::string what;  ///< an issue; "all mentions", "negative mentions"
  bool issue = false;
  Velocity hour, day;
};

struct HeardFix {
  DeclaredChange change;
  std::string issue;              ///< its name
  ChangeFinding share, negative;  ///< of mentions that are of the issue; of its mentions that are negative
  double talk_words = 0;          ///< words by which people would speak of the fix
  double issue_after = 0, talk_after = 0, talk_before = 0, issue_before = 0;
  std::optional<Interval> talk;  ///< Wilson, of talk_after in issue_after
};

struct Listening {
  std::string workspace, by;
  Window period, compare;
  Day as_of{};
  std::string scope;  ///< whose talk is looked at, in words
  bool scope_is_own = false, scope_is_all = false;
  double mentions_now = 0, mentions_before = 0;  ///< of all brands: the denominator
  double engagements_now = 0;
  std::vector<HeardGroup> brands, groups;  ///< most mentions first; groups: of --by, else none
  std::optional<HeardMessages> messages;
  HeardReading reading;
  HeardDrivers drivers;
  HeardTopics topics;
  HeardTerms terms;
  std::int64_t last_instant = 0;  ///< microseconds; speeds and fixes look at all days up to the last mention
  std::vector<HeardSpeed> speeds;
  std::string speeds_because;
  std::vector<HeardFix> fixes;
  std::vector<std::string> warnings, sql;
  /// For the rows behind it: the mentions, those in scope, the topic of each of these (-1: none).
  HeardMentions heard;
  std::vector<std::uint32_t> in_scope;
  std::vector<std::int32_t> topic_of;
  /// Of each in scope, whether its brand was collected alike. Where all brands are looked at together, the
  /// others are in no comparison of the two periods.
  std::vector<bool> compared;
  std::vector<std::string> left_out;  ///< names of these brands; "" for mentions of no brand
};

/// Errors: kUsage for a breakdown or a brand that is not there; kTooLittle without a mention in the period;
/// those of ReadListenSettings and of the engine. The lake is attached (Prepare).
Result<Listening> ReadListening(Workspace& workspace, const Ready& ready, const ListenQuestion& question);

}  // namespace backcast
