// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute.h"

#include <algorithm>
#include <thread>

#include "base/nearest.h"
#include "desk/attribute_asked.h"
#include "measure/random.h"

namespace backcast {
namespace {

Result<Done> CheckCommand(const AttributeCommand& command) {
  const std::vector<std::string> known(std::begin(kModels), std::end(kModels));
  for (const std::string& model : command.models) {
    if (std::find(known.begin(), known.end(), model) != known.end()) continue;
    std::string hint = DidYouMean(model, known);
    if (hint.empty()) {
      for (const std::string& id : known) hint += (hint.empty() ? "" : ", ") + id;
    }
    return Error{Code::kUsage, "", "there is no model '" + model + "'", hint};
  }
  if (command.order < 1 || command.order > 3)
    return Error{Code::kUsage, "", "the order of the chain is 1, 2 or 3", "1 is the usual one"};
  if (command.most_channels < 2 || command.most_channels > 12)
    return Error{Code::kUsage, "", "--most-channels is 2 to 12", "every set of them has to be looked at"};
  if (command.resamples != 0 && (command.resamples < 40 || command.resamples > 100'000))
    return Error{Code::kUsage, "", "--resamples is 0 for none, or 40 to 100000", "400 is the usual one"};
  if (command.half_life_days && !(*command.half_life_days > 0))
    return Error{Code::kUsage, "", "--half-life is above nought", "7 days is the usual one"};
  return Done{};
}

/// The same journeys, asked in the same way, draw the same persons.
std::uint64_t SeedOfQuestion(const AskedJourneys& asked, const AttributeCommand& command) {
  std::string question = kJourneyRulesVersion;
  for (const std::string& sentence : ToSentences(asked.rules, asked.from_touches)) question += "|" + sentence;
  const JourneyTotals totals = TotalsOf(asked.journeys);
  for (const double number : {totals.journeys, totals.conversions, asked.journeys.persons})
    question += "|" + std::to_string(static_cast<std::int64_t>(number));
  return SeedOf(question + "|" + asked.subject + "|" + command.by);
}

}  // namespace

Credits CreditsOf(const AskedJourneys& asked, const AttributeCommand& command) {
  CreditOptions options;
  options.direct = asked.direct;
  options.channels = static_cast<int>(asked.channels.size());
  options.order = command.order;
  options.most_players = command.most_channels;
  options.resamples = command.resamples;
  options.seed = SeedOfQuestion(asked, command);
  options.threads = command.threads > 0 ? command.threads
                                        : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  options.models = command.models;
  return CreditChannels(asked.journeys, options);
}

Result<Answer> AttributeFile(const AttributeCommand& command, Talk& /*talk*/) {
  BACKCAST_CHECK(CheckCommand(command));
  BACKCAST_TRY(const AskedJourneys asked, ReadJourneysFile(command));
  return ShowCredits(asked, CreditsOf(asked, command), command, "");
}

Result<Answer> AttributeWorkspace(Workspace& workspace, const AttributeCommand& command, Talk& talk) {
  BACKCAST_CHECK(CheckCommand(command));
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  BACKCAST_TRY(const AskedJourneys asked, ReadJourneysOfLake(workspace, ready, command));
  return ShowCredits(asked, CreditsOf(asked, command), command, workspace.name());
}

}  // namespace backcast
