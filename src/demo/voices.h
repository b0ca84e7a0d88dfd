// SPDX-License-Identifier: Apache-2.0
// What is said about the brand, asked of it and made for it by others: mentions, contacts with the desk,
// surveys, creators, the forum. Drawn after the world of visits and orders, from random streams of its own,
// so that nothing there depends on it. Days are indices as in World; minutes are of the local day.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace backcast::demo {

enum class Tone : std::uint8_t { kNegative, kNeutral, kPositive };
inline constexpr std::array<std::string_view, 3> kTones = {"negative", "neutral", "positive"};

/// Something that people write and call about. Its rate is multiplied by `effect` on [from, to).
struct Topic {
  std::string_view key;  ///< of its sentences
  std::string_view name, driver;
  double contacts;  ///< share of contacts without any effect
  double mentions;  ///< a day of the own brand, without any effect
  Day from, to;
  double effect;

  double Effect(Day day) const { return from <= day && day < to ? effect : 1.0; }
};
inline constexpr int kTopics = 8;

struct TalkedOf {
  std::string_view name;
  double per_day;               ///< mentions, without those of a topic
  std::array<double, 3> tones;  ///< of those that are of no topic
};
inline constexpr int kBrands = 3;  ///< the first is the own

/// A way by which customers reach the desk.
struct DeskWay {
  std::string_view id;   ///< "email"
  double per_day;        ///< contacts
  double reply_minutes;  ///< median to the first reply by a person, in office hours
  double unanswered;     ///< share that nobody ever answers
  bool automatic;        ///< a program replies at once
};
inline constexpr int kDeskWays = 4;

struct CreatorDeal {
  std::string_view name, platform, code;
  std::string_view campaign;   ///< of the links; empty: only the code is told
  std::int64_t fee, product;   ///< cents, of one deliverable
  double orders, engagements;  ///< expected, of one deliverable
  double suspected;            ///< share of the followers that were bought
  double in_target;            ///< of the others
  bool discloses;              ///< every deliverable; otherwise every second
};
inline constexpr int kCreators = 4;

/// What is true about all of it before a number is drawn.
struct VoiceParameters {
  std::array<Topic, kTopics> topics;
  std::array<TalkedOf, kBrands> brands;
  std::array<double, 3> topic_tones;  ///< of mentions of a topic
  double spam;                        ///< share of mentions
  double speaks_of_fix;               ///< share of mentions of late parcels once the second pick-up runs
  std::array<DeskWay, kDeskWays> ways;
  double calls_per_day, call_abandoned;
  double resolved_by_reply, opened_again;
  double asked_after_contact, answers_survey, content;  ///< the last: answers with 4 or 5 of 5
  std::array<double, 3> recommends;                     ///< detractors, passives, promoters
  std::array<CreatorDeal, kCreators> creators;
  double threads_per_day, asks_question, answered_by_peer, answered_by_staff;
  double peer_hours;  ///< median to the first answer by a member
  double thanks;      ///< share of answers that the asker answers
  Day forum_opens;
};
const VoiceParameters& BrandVoices();

inline constexpr std::array<std::string_view, 4> kLanguages = {"de", "en", "nl", "fr"};

struct Mention {
  int day = 0, minute = 0;
  int brand = 0, platform = 0, author = 0;
  int topic = -1, language = 0;
  Tone tone = Tone::kNeutral;
  bool spam = false, of_fix = false;
  std::int64_t followers = 0, engagements = 0;
  std::string text;
};
inline constexpr std::array<std::string_view, 3> kMentionPlatforms = {"instagram", "x", "forum"};

/// A conversation with the desk; -1: did not happen (yet).
struct Contact {
  int number = 0, day = 0, minute = 0;
  int way = 0, topic = 0, person = 0;
  int reply_day = -1, reply_minute = 0;
  int resolved_day = -1, resolved_minute = 0;
  bool again = false;  ///< opened once more after it was resolved, and resolved for good the day after
  bool surveyed = false;
  int score = 0;  ///< 1 to 5; 0: no answer
  std::string asks, answer;
};

struct Call {
  int number = 0, day = 0, minute = 0, topic = 0;
  int wait_seconds = 0, seconds = 0;
  bool abandoned = false, resolved = false;
};

/// Asked once a quarter whether they would recommend the shop; score -1: no answer.
struct Recommendation {
  int day = 0, person = 0, score = -1;
};

struct Deliverable {
  int creator = 0, number = 0;
  int day = 0, due = 0;
  bool disclosed = true;
  std::int64_t engagements = 0;
};

struct Follower {
  int creator = 0;
  bool bought = false, in_target = false;
  std::int64_t followers = 0, following = 0, posts = 0, age_days = 0, digits = 0;
  bool avatar = true, bio = true;
};

struct ForumEvent {
  int day = 0, minute = 0;
  int member = 0;  ///< above 0; below 0: staff
  std::string_view kind;
  int thread = 0;    ///< 1-based index of the event that began it; 0: none
  int reply_to = 0;  ///< the same, of the event that it answers
  bool question = false;
};

/// What somebody ticked in the survey of the ladder; everybody ticked something.
struct Tick {
  int person = 0;
  std::size_t rung = 0;
};
struct LadderShare {
  std::string_view id;
  int people;  ///< of kLadderAsked
};
inline constexpr int kLadderAsked = 188;
inline constexpr std::array<LadderShare, 7> kLadder = {{{"creators", 17},
                                                        {"conversationalists", 39},
                                                        {"critics", 49},
                                                        {"collectors", 45},
                                                        {"joiners", 109},
                                                        {"spectators", 162},
                                                        {"inactives", 15}}};
Day LadderDay();
/// Who ticked what; the inactives ticked nothing else.
std::vector<Tick> LadderTicks(std::uint64_t seed);

struct Voices {
  std::vector<Mention> mentions;  ///< by day
  std::vector<Contact> contacts;
  std::vector<Call> calls;
  std::vector<Recommendation> recommendations;
  std::vector<Deliverable> deliverables;
  std::vector<Follower> followers;  ///< a random sample of each creator's
  std::vector<ForumEvent> forum;
};

}  // namespace backcast::demo
