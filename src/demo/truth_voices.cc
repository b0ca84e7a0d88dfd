// SPDX-License-Identifier: Apache-2.0
// What is true about talk, care, creators and the forum.
#include <algorithm>
#include <map>
#include <set>

#include "demo/by_hand.h"
#include "demo/truth_json.h"
#include "demo/workspace.h"

namespace backcast::demo {
namespace {

using Json = nlohmann::ordered_json;

const Topic& TopicAt(int topic) { return BrandVoices().topics[static_cast<std::size_t>(topic)]; }

/// Tones of what is said of each brand in a window, without spam.
Json BrandsJson(const World& world, const Window& window) {
  std::array<std::array<std::int64_t, 3>, kBrands> tones{};
  std::array<std::int64_t, kBrands> spam{};
  for (const Mention& one : world.voices.mentions) {
    if (!window.Contains(world.At(one.day))) continue;
    const auto brand = static_cast<std::size_t>(one.brand);
    if (one.spam)
      ++spam[brand];
    else
      ++tones[brand][static_cast<std::size_t>(one.tone)];
  }
  Json out;
  for (std::size_t brand = 0; brand < kBrands; ++brand) {
    const auto& [negative, neutral, positive] = tones[brand];
    out[std::string(BrandVoices().brands[brand].name)] = {{"mentions", negative + neutral + positive},
                                                          {"negative", negative},
                                                          {"neutral", neutral},
                                                          {"positive", positive},
                                                          {"spam", spam[brand]}};
  }
  return out;
}

/// By day, what is said of the own brand about each issue, and conversations and calls about it.
Json IssuesJson(const World& world) {
  const std::vector<std::int64_t> none(static_cast<std::size_t>(world.days));
  std::vector<std::vector<std::int64_t>> said(kTopics, none), wrote(kTopics, none), rang(kTopics, none);
  const auto add = [](auto& days, int topic, int day) {
    if (topic >= 0) ++days[static_cast<std::size_t>(topic)][static_cast<std::size_t>(day)];
  };
  for (const Mention& one : world.voices.mentions) add(said, one.topic, one.day);
  for (const Contact& one : world.voices.contacts) add(wrote, one.topic, one.day);
  for (const Call& one : world.voices.calls)
    if (!one.abandoned) add(rang, one.topic, one.day);
  Json out = Json::array();
  for (int topic = 0; topic < kTopics; ++topic) {
    const Topic& about = TopicAt(topic);
    const auto at = static_cast<std::size_t>(topic);
    const bool changes = about.effect != 1;
    out.push_back(
        {{"name", about.name},
         {"driver", about.driver},
         {"from", changes ? Json(ToIso(about.from)) : Json()},
         {"to",
          changes && about.to < world.At(world.days) ? Json(ToIso(about.to - std::chrono::days{1})) : Json()},
         {"effect", about.effect},
         {"mentions", std::move(said[at])},
         {"conversations", std::move(wrote[at])},
         {"calls", std::move(rang[at])}});
  }
  return out;
}

Json DeskJson(const World& world) {
  Json ways;
  for (int way = 0; way < kDeskWays; ++way) {
    const DeskWay& over = BrandVoices().ways[static_cast<std::size_t>(way)];
    std::int64_t all = 0, answered = 0, resolved = 0, again = 0, asked = 0, scores = 0, content = 0;
    for (const Contact& one : world.voices.contacts) {
      if (one.way != way) continue;
      ++all;
      answered += one.reply_day >= 0;
      resolved += one.resolved_day >= 0;
      again += one.again;
      asked += one.surveyed;
      scores += one.score > 0;
      content += one.score >= 4;
    }
    ways[std::string(over.id)] = {{"conversations", all},
                                  {"answered", answered},
                                  {"resolved", resolved},
                                  {"opened_again", again},
                                  {"reply_median_office_minutes", over.reply_minutes},
                                  {"never_answered", over.unanswered},
                                  {"asked", asked},
                                  {"answers", scores},
                                  {"content", content}};
  }
  std::int64_t abandoned = 0, resolved = 0, asked = 0, answers = 0, promoters = 0, detractors = 0;
  for (const Call& one : world.voices.calls) {
    abandoned += one.abandoned;
    resolved += one.resolved;
  }
  for (const Recommendation& one : world.voices.recommendations) {
    ++asked;
    answers += one.score >= 0;
    promoters += one.score >= 9;
    detractors += one.score >= 0 && one.score <= 6;
  }
  return {{"channels", std::move(ways)},
          {"calls", {{"calls", world.voices.calls.size()}, {"abandoned", abandoned}, {"resolved", resolved}}},
          {"recommendation",
           {{"asked", asked}, {"answers", answers}, {"promoters", promoters}, {"detractors", detractors}}}};
}

Json CreatorsJson(const World& world) {
  std::map<std::string_view, std::int64_t> sold;
  for (const Order& order : world.orders)
    if (!order.cancelled) ++sold[order.code];
  Json out = Json::array();
  for (int creator = 0; creator < kCreators; ++creator) {
    const CreatorDeal& deal = BrandVoices().creators[static_cast<std::size_t>(creator)];
    std::int64_t made = 0, open = 0, late = 0, engagements = 0, bought = 0, target = 0;
    for (const Deliverable& one : world.voices.deliverables) {
      if (one.creator != creator) continue;
      ++made;
      open += one.disclosed;
      late += one.day > one.due;
      engagements += one.engagements;
    }
    for (const Follower& one : world.voices.followers) {
      bought += one.creator == creator && one.bought;
      target += one.creator == creator && one.in_target;
    }
    out.push_back({{"name", deal.name},
                   {"code", deal.code},
                   {"campaign", deal.campaign},
                   {"deliverables", made},
                   {"disclosed", open},
                   {"late", late},
                   {"cost_cents", made * (deal.fee + deal.product)},
                   {"orders", sold[deal.code]},
                   {"expected_orders_each", deal.orders * world.options.scale},
                   {"engagements", engagements},
                   {"bought_followers", deal.suspected},
                   {"bought_in_sample", bought},
                   {"in_target_in_sample", target}});
  }
  return out;
}

Json ForumJson(const World& world) {
  const std::vector<ForumEvent>& events = world.voices.forum;
  std::set<int> by_member, by_staff, members;
  std::int64_t questions = 0, staff = 0, threads = 0;
  for (const ForumEvent& one : events) {
    if (one.kind == "join") members.insert(one.member);
    threads += one.kind == "post";
    questions += one.question;
    if (one.kind != "reply") continue;
    staff += one.member < 0;
    const ForumEvent& to = events[static_cast<std::size_t>(one.reply_to) - 1];
    if (to.question && one.member != to.member) (one.member < 0 ? by_staff : by_member).insert(one.reply_to);
  }
  const std::int64_t alone = std::count_if(by_staff.begin(), by_staff.end(),
                                           [&](int question) { return !by_member.contains(question); });
  return {{"members", members.size()},
          {"threads", threads},
          {"questions", questions},
          {"answered_by_members", by_member.size()},
          {"answered_by_staff_alone", alone},
          {"contributions_of_staff", staff},
          {"answered_by_a_member", BrandVoices().answered_by_peer},
          {"median_hours_to_a_member", BrandVoices().peer_hours}};
}

}  // namespace

Json VoicesJson(const World& world) {
  Json ladder;
  for (const LadderShare& rung : kLadder) ladder[std::string(rung.id)] = rung.people;
  return {{"brands",
           {{"period", BrandsJson(world, WholeHistory(world))},
            {"last_month", BrandsJson(world, LastMonth(world))}}},
          {"issues", IssuesJson(world)},
          {"speaks_of_fix", BrandVoices().speaks_of_fix},
          {"care", DeskJson(world)},
          {"creators", CreatorsJson(world)},
          {"forum", ForumJson(world)},
          {"ladder", {{"asked", kLadderAsked}, {"people", std::move(ladder)}}}};
}

}  // namespace backcast::demo
