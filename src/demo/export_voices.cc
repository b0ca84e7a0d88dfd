// SPDX-License-Identifier: Apache-2.0
// Mentions, surveys, creators, the forum and followers by day: tables with the columns of their facts, as a
// listening tool, a survey form or the team's own lists would be brought in.
#include <algorithm>
#include <chrono>

#include "demo/exports.h"
#include "demo/random.h"

namespace backcast::demo {
namespace {

constexpr int kLabels = 520;  // mentions that somebody of the team has read

std::string Yes(bool value) { return value ? "true" : "false"; }
std::string MentionId(std::size_t at) { return "m" + std::to_string(100001 + at); }

DemoFile Mentions(const World& world) {
  Csv csv({"mention_id", "date", "published_at", "brand", "platform", "author", "author_followers", "text",
           "spam", "engagements"});
  for (std::size_t i = 0; i < world.voices.mentions.size(); ++i) {
    const Mention& one = world.voices.mentions[i];
    const Day day = world.At(one.day);
    csv.Row({MentionId(i), ToIso(day), InUtc(day, one.minute),
             std::string(BrandVoices().brands[static_cast<std::size_t>(one.brand)].name),
             std::string(kMentionPlatforms[static_cast<std::size_t>(one.platform)]),
             "a" + std::to_string(one.author), Whole(one.followers), one.text, Yes(one.spam),
             Whole(one.engagements)});
  }
  return {"exports/listening/mentions.csv", csv.text()};
}

/// What a person of the team read into a random sample of mentions, without a mistake.
DemoFile Labels(const World& world) {
  Csv csv({"mention_id", "label"});
  Random random(world.options.seed, "labels");
  const auto all = static_cast<double>(world.voices.mentions.size());
  int left = kLabels;
  for (std::size_t i = 0; i < world.voices.mentions.size() && left > 0; ++i) {
    const Mention& one = world.voices.mentions[i];
    if (!random.Chance(left / (all - static_cast<double>(i))) || one.spam) continue;
    csv.Row({MentionId(i), std::string(kTones[static_cast<std::size_t>(one.tone)])});
    --left;
  }
  return {"labels.csv", csv.text()};
}

DemoFile AfterContact(const World& world) {
  Csv csv({"response_id", "survey", "kind", "date", "score", "scale_min", "scale_max", "conversation_id"});
  for (const Contact& contact : world.voices.contacts) {
    if (!contact.surveyed) continue;
    csv.Row({"c" + std::to_string(contact.number), "after contact", "csat",
             ToIso(world.At(contact.resolved_day + 1)), contact.score == 0 ? "" : Whole(contact.score), "1",
             "5", ContactId(contact)});
  }
  return {"exports/surveys/after-contact.csv", csv.text()};
}

DemoFile Recommendations(const World& world) {
  Csv csv({"response_id", "survey", "kind", "date", "person", "score", "scale_min", "scale_max"});
  int number = 0;
  for (const Recommendation& one : world.voices.recommendations)
    csv.Row({"r" + std::to_string(++number), "would recommend", "nps", ToIso(world.At(one.day)),
             PersonOf(one.person).email, one.score < 0 ? "" : Whole(one.score), "0", "10"});
  return {"exports/surveys/recommendation.csv", csv.text()};
}

/// The survey of May 2026 that the plan quotes: one row for everything that somebody ticked.
DemoFiles LadderSurvey(const World& world) {
  const Day day = LadderDay();
  if (!WholeHistory(world).Contains(day)) return {};
  Csv csv({"response_id", "survey", "kind", "date", "person", "segment", "answer"});
  int number = 0;
  for (const Tick& tick : LadderTicks(world.options.seed))
    csv.Row({"l" + std::to_string(++number), "readers 2026-05", "ladder", ToIso(day),
             "reader" + std::to_string(tick.person), "g_family", std::string(kLadder[tick.rung].id)});
  return {{"exports/surveys/ladder-2026-05.csv", csv.text()}};
}

DemoFile Collaborations(const World& world) {
  Csv csv({"collaboration_id", "deliverable_id", "creator", "platform", "date", "due", "code", "campaign",
           "fee", "product_cost", "currency", "engagements", "target_audience_share", "disclosed"});
  for (const Deliverable& one : world.voices.deliverables) {
    const CreatorDeal& deal = BrandVoices().creators[static_cast<std::size_t>(one.creator)];
    csv.Row({"k" + std::to_string(one.creator + 1), "d" + std::to_string(one.number), std::string(deal.name),
             std::string(deal.platform), ToIso(world.At(one.day)), ToIso(world.At(one.due)),
             std::string(deal.code), std::string(deal.campaign), Money(deal.fee), Money(deal.product), "EUR",
             Whole(one.engagements), Fixed(deal.in_target, 2), Yes(one.disclosed)});
  }
  return {"exports/creators/collaborations.csv", csv.text()};
}

DemoFile FollowerSamples(const World& world) {
  Csv csv({"platform", "account", "sampled_on", "follower", "followers", "following", "posts",
           "account_age_days", "has_avatar", "has_bio", "digits_in_name", "in_target"});
  const std::string day = ToIso(world.At(std::max(0, world.days - 12)));
  int number = 0;
  for (const Follower& one : world.voices.followers) {
    const CreatorDeal& deal = BrandVoices().creators[static_cast<std::size_t>(one.creator)];
    const std::string_view account = deal.name.substr(deal.name[0] == '@' ? 1 : 0);
    csv.Row({std::string(deal.platform), std::string(account), day, "f" + std::to_string(++number),
             Whole(one.followers), Whole(one.following), Whole(one.posts), Whole(one.age_days),
             Yes(one.avatar), Yes(one.bio), Whole(one.digits), Yes(one.in_target)});
  }
  return {"exports/creators/followers.csv", csv.text()};
}

DemoFile Forum(const World& world) {
  Csv csv({"event_id", "platform", "account", "person", "happened_at", "date", "kind", "thread", "reply_to",
           "is_staff", "is_question"});
  const auto name = [](int event) { return event == 0 ? std::string() : "f" + std::to_string(event); };
  for (std::size_t i = 0; i < world.voices.forum.size(); ++i) {
    const ForumEvent& one = world.voices.forum[i];
    const Day day = world.At(one.day);
    const std::string own = name(static_cast<int>(i) + 1);
    csv.Row({own, "forum", "Stammtisch", one.member < 0 ? "desk" : "member" + std::to_string(one.member),
             InUtc(day, one.minute), ToIso(day), std::string(one.kind),
             one.kind == "post" ? own : name(one.thread), name(one.reply_to), Yes(one.member < 0),
             Yes(one.question)});
  }
  return {"exports/forum/events.csv", csv.text()};
}

/// Followers of the two Meta accounts, as their page shows them day by day.
DemoFile FollowersByDay(const World& world) {
  Csv csv({"platform", "account", "date", "followers_end", "followers_gained", "followers_lost"});
  for (const Channel channel : {Channel::kInstagram, Channel::kFacebook}) {
    const auto at = static_cast<std::size_t>(channel);
    for (int day = 0; day < world.days; ++day) {
      const AccountDay& one = world.accounts[at][static_cast<std::size_t>(day)];
      csv.Row({std::string(BrandParameters().channels[at].id),
               std::string(BrandParameters().platforms[at].account), ToIso(world.At(day)),
               Whole(one.followers), Whole(one.gained), Whole(one.lost)});
    }
  }
  return {"exports/meta/followers-by-day.csv", csv.text()};
}

}  // namespace

DemoFiles ExportVoices(const World& world) {
  DemoFiles files = {Mentions(world),        Labels(world),         AfterContact(world),
                     Recommendations(world), Collaborations(world), FollowerSamples(world),
                     Forum(world),           FollowersByDay(world)};
  for (DemoFile& file : LadderSurvey(world)) files.push_back(std::move(file));
  return files;
}

}  // namespace backcast::demo
