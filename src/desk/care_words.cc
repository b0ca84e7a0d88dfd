// SPDX-License-Identifier: Apache-2.0
// The words of the command care and of the plan's block care.
#include <array>
#include <cstdio>

#include "base/nearest.h"
#include "desk/care_answer.h"
#include "plan/blocks.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

struct By {
  std::string_view word, column;
};

constexpr std::array<By, 7> kBy = {{{"channel", "platform"},
                                    {"kind", "kind"},
                                    {"team", "queue"},
                                    {"agent", "agent"},
                                    {"issue", "issue"},
                                    {"driver", "driver"},
                                    {"account", "account"}}};

Result<Done> OneOf(const std::string& option, const std::string& word,
                   const std::vector<std::string>& known) {
  for (const std::string& each : known) {
    if (word == each) return Done{};
  }
  std::string list;
  for (const std::string& each : known) list += (list.empty() ? "" : ", ") + each;
  const std::string near = DidYouMean(word, known);
  return Error{Code::kUsage, "", option + " does not know '" + word.substr(0, 60) + "'",
               near.empty() ? list : near};
}

}  // namespace

std::optional<std::string> CareColumn(const std::string& by) {
  for (const By& each : kBy) {
    if (each.word == by) return std::string(each.column);
  }
  return std::nullopt;
}

Result<Done> CheckCareWords(const CareCommand& command) {
  std::vector<std::string> by;
  for (const By& each : kBy) by.emplace_back(each.word);
  if (!command.by.empty()) BACKCAST_CHECK(OneOf("--by", command.by, by));
  BACKCAST_CHECK(OneOf("--clock", command.clock, {"calendar", "business"}));
  if (!command.rows.empty())
    BACKCAST_CHECK(OneOf("--rows", command.rows, {"conversations", "questions", "calls", "answers"}));
  if (command.issues && !(command.by + command.rows).empty())
    return Error{Code::kUsage, "", "--issues lists every issue and takes neither --by nor --rows", ""};
  return Done{};
}

std::vector<CarePromise> PromisesOf(const Plan& plan) {
  std::vector<CarePromise> promises;
  for (const Yaml* block : Blocks(plan.root, "care.promises")) {
    CarePromise promise{block->Text("id"), block->Text("what"), block->Text("clock", "calendar"),
                        block->Number("within_minutes", 0), block->Number("share", 0)};
    const bool waited_for = promise.what == "first_response" || promise.what == "resolution";
    const bool clock = promise.clock == "calendar" || promise.clock == "business";
    if (!promise.id.empty() && waited_for && clock && promise.minutes > 0)
      promises.push_back(std::move(promise));
  }
  return promises;
}

std::string ClosedWallsOf(const Plan& plan) {
  std::string closed;
  for (const Yaml* block : Blocks(plan.root, "channels")) {
    const Yaml* open = block->Find("wall_open");
    if (open != nullptr && open->Boolean() == false)
      closed += (closed.empty() ? "" : ", ") + block->Text("id");
  }
  return closed;
}

std::optional<double> CostPerContact(const Plan& plan) {
  const Yaml* cost = ValueAt(plan.root, "care.cost_per_contact");
  if (cost != nullptr && cost->IsMap()) cost = cost->Find("value");
  const std::optional<double> number = cost == nullptr ? std::nullopt : cost->Number();
  return number && *number >= 0 ? number : std::nullopt;
}

std::string DaysIn(const std::string& column, const Window& window) {
  return column + " >= date " + QuoteText(ToIso(window.from)) + " and " + column + " < date " +
         QuoteText(ToIso(window.to));
}

std::string InstantText(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  const Day day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{whole}});
  const auto rest = static_cast<int>(whole - day.time_since_epoch().count() * 86400LL);
  char clock[24];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", rest / 3600, rest / 60 % 60, rest % 60);
  return ToIso(day) + clock;
}

}  // namespace backcast
