// SPDX-License-Identifier: Apache-2.0
// The command improvements: what was changed on purpose, and whether the numbers followed.
#include "chain/changes.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "desk/chain.h"
#include "desk/chain_json.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

Json FindingJson(const ChangeFinding& finding) {
  const bool told = finding.test.verdict != BeforeAfter::Verdict::kCannotTell;
  Json json = {{"metric", finding.metric},
               {"verdict", ToWord(finding.test.verdict)},
               {"from", ToIso(finding.from)},
               {"effect", told ? ValueJson(finding.effect, finding.low, finding.high, "ratio",
                                           finding.test.before + finding.test.after)
                               : Json()},
               {"days_before", finding.test.before},
               {"days_after", finding.test.after},
               {"p_series", told ? Json(finding.test.p_series) : Json()},
               {"p_placebo", told ? Json(finding.test.p_placebo) : Json()}};
  if (!finding.because.empty()) json["because"] = finding.because;
  return json;
}

std::string Line(const ChangeAnswer& answer) {
  std::string out = ToIso(answer.change.on) + "  " + Shortened(answer.change.title) + "\n";
  for (const Claim& claim : answer.claims) out += "    " + claim.text() + "\n";
  if (answer.expected.test.verdict == BeforeAfter::Verdict::kCannotTell)
    out += "    cannot tell: " + answer.expected.because + "\n";
  if (answer.echo && answer.echo->test.verdict == BeforeAfter::Verdict::kCannotTell)
    out += "    whether people notice cannot be told: " + answer.echo->because + "\n";
  return out;
}

/// The days of what changes name, each asked for once, and not at all where the chain has them.
class ChangedNumbers {
 public:
  ChangedNumbers(Workspace& workspace, const ReadChain& read) : workspace_(workspace), read_(read) {}

  Result<const NodeData*> Of(const std::string& metric, const Scope& scope) {
    const auto found =
        std::find_if(read_.chain.nodes.begin(), read_.chain.nodes.end(),
                     [&](const ChainNode& node) { return node.metric == metric && node.scope == scope; });
    if (found != read_.chain.nodes.end()) {
      if (const NodeData* data = read_.data.Find(found->id)) return data;
    }
    const auto [place, is_new] = asked_.try_emplace({metric, scope});
    if (is_new) {
      BACKCAST_TRY(place->second, ReadNode(workspace_, read_.ready, metric, scope));
    }
    return &place->second;
  }

 private:
  Workspace& workspace_;
  const ReadChain& read_;
  std::map<std::pair<std::string, Scope>, NodeData> asked_;
};

}  // namespace

Result<std::vector<ChangeAnswer>> AskChanges(Workspace& workspace, const ReadChain& chain, WhichChanges which,
                                             std::vector<std::string>& remarks) {
  ChangedNumbers numbers(workspace, chain);
  std::string calendar;
  const std::string path = workspace.PathOf("calendar.yaml");
  if (std::filesystem::exists(path)) {
    BACKCAST_TRY(calendar, ReadTextFile(path));
  }
  std::vector<ChangeQuestion> questions;
  for (DeclaredChange& change : DeclaredChanges(*workspace.plan(), calendar, remarks)) {
    ChangeQuestion question;
    const Metric* metric = workspace.catalogue().Find(change.metric);
    question.title = metric == nullptr ? change.metric : metric->title;
    const auto read = [&](const std::string& id, const Scope& scope, DailySeries& series,
                          std::string& missing) -> Result<Done> {
      if (id.empty() || (which == WhichChanges::kImprovements && !change.improvement)) return Done{};
      BACKCAST_TRY(const NodeData* data, numbers.Of(id, scope));
      series = data->daily;
      missing = data->missing;
      return Done{};
    };
    BACKCAST_CHECK(read(change.metric, change.scope, question.metric, question.missing));
    BACKCAST_CHECK(read(change.echo, {}, question.echo, question.echo_missing));
    question.change = std::move(change);
    questions.push_back(std::move(question));
  }
  std::vector<ChangeAnswer> answers = TestChanges(questions);
  if (which == WhichChanges::kImprovements)
    std::erase_if(answers, [](const ChangeAnswer& answer) { return !answer.change.improvement; });
  return answers;
}

Result<Answer> ShowChanges(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const ReadChain read, ReadWholeChain(workspace, options, talk));
  std::vector<std::string> remarks;
  BACKCAST_TRY(const std::vector<ChangeAnswer> answers,
               AskChanges(workspace, read, WhichChanges::kAll, remarks));
  for (const std::string& remark : remarks) talk.Say(remark);
  Answer answer;
  if (options.format != Format::kJson) {
    for (const ChangeAnswer& each : answers) answer.out += Line(each);
    if (answers.empty())
      answer.out = "Neither the plan's improvements nor calendar.yaml name a change with a day.\n";
    return answer;
  }
  Json list = Json::array();
  for (const ChangeAnswer& each : answers) {
    list.push_back({{"id", each.change.id},
                    {"title", each.change.title},
                    {"on", ToIso(each.change.on)},
                    {"owner", each.change.owner.empty() ? Json() : Json(each.change.owner)},
                    {"improvement", each.change.improvement},
                    {"expected", FindingJson(each.expected)},
                    {"echo", each.echo ? FindingJson(*each.echo) : Json()},
                    {"claims", ToJson(each.claims)}});
  }
  answer.out =
      Dump(ChainEnvelope("improvements", workspace.name(), read.data, {{"changes", std::move(list)}}));
  return answer;
}

}  // namespace backcast
