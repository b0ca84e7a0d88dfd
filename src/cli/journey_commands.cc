// SPDX-License-Identifier: Apache-2.0
// The commands about where people come from, what they cost and who is credited.
#include "cli/call.h"
#include "desk/ads.h"
#include "desk/attribute.h"
#include "desk/bots.h"
#include "desk/care.h"
#include "desk/channels.h"
#include "desk/claims.h"
#include "desk/content.h"
#include "desk/cost.h"
#include "desk/journey.h"
#include "desk/lifetime.h"
#include "desk/listen.h"
#include "desk/utm.h"

namespace backcast {
namespace {

using Card = ScoreOptions;

/// More of anything that can be counted here (days, draws, touches) is a slip.
constexpr long kMost = 1'000'000;

Result<std::optional<int>> CountOf(const Words& words, std::string_view option, long least) {
  BACKCAST_TRY(const std::optional<long> number, words.Number(option, least));
  if (!number) return std::optional<int>();
  if (*number > kMost) {
    return Error{Code::kUsage, "", std::string(option) + " takes at most " + std::to_string(kMost), ""};
  }
  return std::optional<int>(static_cast<int>(*number));
}

Result<Answer> RunAttribute(const Call& call) {
  const Words& words = call.words;
  AttributeCommand command;
  BACKCAST_TRY(command.card, CardOptionsOf(call));
  command.paths = words.Get("--paths");
  command.outcome = words.Get("--outcome");
  command.by = words.Get("--by", "channel_group");
  command.models = words.List("--model");
  BACKCAST_TRY(const std::optional<int> order, CountOf(words, "--order", 1));
  BACKCAST_TRY(const std::optional<int> resamples, CountOf(words, "--resamples", 0));
  BACKCAST_TRY(const std::optional<int> channels, CountOf(words, "--most-channels", 2));
  BACKCAST_TRY(command.window_days, CountOf(words, "--window", 1));
  BACKCAST_TRY(command.most_touches, CountOf(words, "--most-touches", 0));
  command.order = order.value_or(1);
  command.resamples = resamples.value_or(400);
  command.most_channels = channels.value_or(8);
  if (words.Has("--half-life")) {
    BACKCAST_TRY(command.half_life_days, NumberOf("--half-life", words.Get("--half-life")));
  }
  command.collapse = words.Has("--collapse");
  command.drop_direct = words.Has("--drop-direct");
  command.threads = call.settings.threads;
  command.memory = call.settings.memory;
  if (!command.paths.empty()) return AttributeFile(command, call.talk);
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  return AttributeWorkspace(workspace, command, call.talk);
}

Result<Answer> RunLifetime(Workspace& workspace, const ScoreOptions& card, const Call& call) {
  LifetimeCommand command;
  command.card = card;
  BACKCAST_TRY(const std::optional<int> horizon, CountOf(call.words, "--horizon-days", 1));
  if (horizon) command.horizon = *horizon;
  return ShowLifetime(workspace, command, call.talk);
}

Result<Answer> RunCost(Workspace& workspace, const ScoreOptions& card, const Call& call) {
  const Words& words = call.words;
  CostCommand command;
  command.card = card;
  command.card.compare = words.Get("--compare", "none");
  command.per = words.Get("--per");
  command.against = words.Get("--against");
  if (command.per.empty()) {
    return Error{Code::kUsage, "", "cost needs --per: what is it that costs?",
                 "for example --per lead, visitor, cart, sale or subscriber"};
  }
  const std::string spread = words.Get("--spread", "none"), count = words.Get("--count");
  if (spread != "none" && spread != "even" && spread != "spend")
    return Error{Code::kUsage, "", "costs are not spread by '" + spread + "'", "none, even or spend"};
  if (!count.empty() && count != "targeted" && count != "all")
    return Error{Code::kUsage, "", "--count does not know '" + count + "'", "targeted or all"};
  command.spread = spread == "even"    ? CostSpread::kEven
                   : spread == "spend" ? CostSpread::kSpend
                                       : CostSpread::kNone;
  if (!count.empty()) command.headline = count == "all" ? Headline::kAll : Headline::kTargeted;
  return ShowCosts(workspace, command, call.talk);
}

Result<Answer> RunListen(Workspace& workspace, const ScoreOptions& card, const Call& call) {
  ListenCommand command;
  command.card = card;
  command.by = call.words.Get("--by");
  command.brand = call.words.Get("--brand");
  BACKCAST_TRY(const std::optional<int> rows, CountOf(call.words, "--rows", 1));
  if (rows) command.rows = static_cast<std::size_t>(*rows);
  BACKCAST_TRY(const std::optional<int> topics, CountOf(call.words, "--topics", 1));
  if (topics) command.topics = static_cast<std::size_t>(*topics);
  return ShowListening(workspace, command, call.talk);
}

Result<Answer> RunChannelsTest(const Call& call) {
  BACKCAST_TRY(const Workspace workspace, Workspace::Open(call.settings));
  Arrival arrival;
  for (std::size_t i = 0; i < kOriginNames.size(); ++i) {
    const bool click = static_cast<Origin>(i) == Origin::kClickId;
    arrival.said[i] = call.words.Get(click ? "--click-id" : "--" + std::string(kOriginNames[i]));
  }
  arrival.visit = true;
  return TestChannel(workspace, arrival, call.format);
}

}  // namespace

void AddJourneyCommands(CommandFunctions& functions) {
  functions["ads"] =
      WithCard([](Workspace& w, const Card& card, const Call& c) { return ShowAds(w, card, c.talk); });
  functions["attribute"] = RunAttribute;
  functions["bots"] =
      WithCard([](Workspace& w, const Card& card, const Call& c) { return ShowBots(w, card, c.talk); });
  functions["care"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    const CareCommand command{card, c.words.Get("--by"), c.words.Get("--clock", "calendar"),
                              c.words.Get("--rows"), c.words.Has("--issues")};
    return ShowCare(w, command, c.talk);
  });
  functions["channels"] =
      WithWorkspace([](Workspace& w, const Call& c) { return ListChannels(w, c.format); });
  functions["channels test"] = RunChannelsTest;
  functions["channels unknown"] = WithCard(
      [](Workspace& w, const Card& card, const Call& c) { return ListUnknownChannels(w, card, c.talk); });
  functions["claims"] =
      WithCard([](Workspace& w, const Card& card, const Call& c) { return ShowClaims(w, card, c.talk); });
  functions["content"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowContent(w, {card, c.words.Get("--post"), c.words.Has("--with-paid")}, c.talk);
  });
  functions["cost"] = WithCard(RunCost);
  functions["journey"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowJourney(w, {card, c.words.Get("--by")}, c.talk);
  });
  functions["lifetime"] = WithCard(RunLifetime);
  functions["listen"] = WithCard(RunListen);
  functions["utm"] = WithCard([](Workspace& w, const Card& card, const Call& c) {
    return ShowUtm(w, {card, c.words.Has("--accept-names")}, c.talk);
  });
}

}  // namespace backcast
