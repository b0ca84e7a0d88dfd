// SPDX-License-Identifier: Apache-2.0
// The command why: the change of an outcome taken apart.
#include "chain/why.h"

#include <algorithm>
#include <set>

#include "base/number.h"
#include "desk/chain.h"
#include "desk/chain_json.h"
#include "desk/hints.h"
#include "desk/why_questions.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

std::string_view ToWord(Why::State state) {
  switch (state) {
    case Why::State::kAnswered:
      return "answered";
    case Why::State::kDataBroken:
      return "data_broken";
    case Why::State::kTooLittleData:
      return "too_little_data";
  }
  return "";
}

Json PartJson(const WhyPart& part, const Why& why, const Plan& plan) {
  const Person* owner = plan.FindPerson(part.owner);
  return {{"node", part.node},
          {"metric", part.metric.empty() ? Json() : Json(part.metric)},
          {"title", part.title},
          {"owner", part.owner.empty() ? Json() : Json(part.owner)},
          {"owner_role", owner == nullptr ? Json() : Json(owner->role)},
          {"part", why.change != 0 ? Json(part.contribution / why.change) : Json()},
          {"contribution", part.contribution},
          {"controllable", ToWord(part.controllable)},
          {"significant", part.significant},
          {"adjusted_p", part.adjusted_p},
          {"now", part.now},
          {"before", part.before},
          {"change", ValueJson(part.change, part.low, part.high, "ratio", part.events)}};
}

std::string ToJsonText(const Why& why, const ReadChain& read, const Workspace& workspace) {
  Json parts = Json::array(), mixes = Json::array(), doubts = Json::array();
  for (const WhyPart& part : why.parts) parts.push_back(PartJson(part, why, *workspace.plan()));
  for (const MixShift& shift : why.mixes) {
    mixes.push_back({{"node", shift.node},
                     {"dimension", shift.dimension},
                     {"mix", shift.mix},
                     {"rate", shift.rate},
                     {"group", shift.group}});
  }
  for (const DataDoubt& doubt : why.doubts)
    doubts.push_back({{"node", doubt.node}, {"sentence", doubt.sentence}, {"fatal", doubt.fatal}});
  Json content = {
      {"outcome", why.outcome},
      {"title", why.title},
      {"state", ToWord(why.state)},
      {"now", ValueJson(why.now, {}, {}, why.unit, 0)},
      {"before", ValueJson(why.before, {}, {}, why.unit, 0)},
      {"change", why.change},
      {"method", why.exact_logs ? "lmdi" : "shapley"},
      {"parts", std::move(parts)},
      {"weakest", why.weakest ? PartJson(why.parts[*why.weakest], why, *workspace.plan()) : Json()},
      {"mixes", std::move(mixes)},
      {"doubts", std::move(doubts)},
      {"needs", why.needs.empty() ? Json() : Json(why.needs)},
      {"claims", ToJson(why.claims)}};
  Json json = ChainEnvelope("why", workspace.name(), read.data, std::move(content));
  json["compare"] = {{"from", ToIso(read.data.compare.from)},
                     {"to", ToIso(read.data.compare.to - std::chrono::days{1})}};
  return Dump(json);
}

std::string ToText(const Why& why, const ReadChain& read) {
  std::string out = ToWords(read.data.period) + " against " + ToWords(read.data.compare) + "\n\n";
  for (const DataDoubt& doubt : why.doubts) out += "First the data: " + doubt.sentence + ".\n";
  if (why.state == Why::State::kDataBroken) return out + "No cause is named while the data are in doubt.\n";
  for (const Claim& claim : why.claims) out += claim.text() + "\n";
  if (why.state == Why::State::kTooLittleData) out += "Too little data to say why: " + why.needs + ".\n";
  if (why.parts.empty()) return out;
  out += "\n";
  for (const WhyPart& part : why.parts) {
    std::string line = "  " + Shortened(part.title);
    line.resize(std::max<std::size_t>(line.size(), 46), ' ');
    out += line + "  " + (part.contribution < 0 ? "−" : "+") +
           FormatNumber(std::abs(part.contribution), why.unit, true) + "  " +
           std::string(ToWord(part.controllable)) +
           (part.owner.empty() ? "" : " (" + Shortened(part.owner) + ")") + "\n";
  }
  return out + "  all parts together: " + (why.change < 0 ? "−" : "+") +
         FormatNumber(std::abs(why.change), why.unit, true) + "\n";
}

}  // namespace

Result<Answer> ShowWhy(Workspace& workspace, const WhyCommand& command, Talk& talk) {
  BACKCAST_TRY(ReadChain read, ReadWholeChain(workspace, command.card, talk));
  BACKCAST_TRY(const Why why, AskWhy(workspace, read, command.outcome, command.owner));
  if (why.state == Why::State::kTooLittleData && why.parts.empty()) {
    return Error{Code::kTooLittle, why.outcome, "too little data to say why", why.needs};
  }
  Answer answer;
  answer.out = command.card.format == Format::kJson ? ToJsonText(why, read, workspace)
                                                    : ToText(why, read) + FindingLines(read.data);
  return answer;
}

}  // namespace backcast
