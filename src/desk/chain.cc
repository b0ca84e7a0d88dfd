// SPDX-License-Identifier: Apache-2.0
#include "desk/chain.h"

#include <algorithm>
#include <set>

#include "base/nearest.h"
#include "base/number.h"
#include "desk/chain_json.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

Json NodeJson(const ChainNode& node, const ChainData& data) {
  const NodeData* here = data.Find(node.id);
  const std::string unit = node.unit == "currency" ? data.currency : node.unit;
  Json json = {{"id", node.id},           {"metric", node.metric.empty() ? Json() : Json(node.metric)},
               {"title", node.title},     {"role", ToWord(node.role)},
               {"outcome", node.outcome}, {"owner", node.owner.empty() ? Json() : Json(node.owner)},
               {"in_plan", node.in_plan}, {"kpi", node.kpi.empty() ? Json() : Json(node.kpi)}};
  json["value"] = here == nullptr ? Json() : ValueJson(here->now, unit, here->now_n, here->missing);
  json["previous"] = here == nullptr ? Json() : ValueJson(here->before, unit, here->before_n, here->missing);
  json["target"] = node.goal.target ? Json(*node.goal.target) : Json();
  return json;
}

Json LinkJson(const ChainLink& link, const LinkEvidence& evidence) {
  Json json = {{"from", link.from},
               {"to", link.to},
               {"kind", ToWord(link.kind)},
               {"evidence", evidence.grade},
               {"effect", nullptr},
               {"lag_days", nullptr},
               {"n", evidence.weeks > 0 ? Json(evidence.weeks) : Json()},
               {"in_plan", link.in_plan},
               {"planned_lag_days", link.lag_weeks < 0 ? Json() : Json(7 * link.lag_weeks)}};
  if (evidence.test) {
    const LinkTest& test = *evidence.test;
    json["effect"] =
        ValueJson(test.elasticity, test.elasticity_low, test.elasticity_high, "elasticity", test.n);
    json["lag_days"] = 7 * test.lag;
    json["correlation"] = ValueJson(test.r, test.r_low, test.r_high, "correlation", test.n);
    json["p"] = test.p;
    json["adjusted_p"] = evidence.adjusted_p;
  }
  if (evidence.closure) {
    json["closure"] = {{"now", evidence.closure->now},
                       {"before", evidence.closure->before ? Json(*evidence.closure->before) : Json()},
                       {"holds", evidence.closure->holds}};
  }
  if (evidence.experiment) {
    const Experiment& shown = *evidence.experiment;
    json["experiment"] = {{"id", shown.id},        {"kind", shown.kind}, {"effect", shown.effect},
                          {"low", shown.low},      {"high", shown.high}, {"n", shown.n},
                          {"source", shown.source}};
  }
  json["claims"] = ToJson(evidence.claims);
  if (!evidence.because.empty()) json["because"] = evidence.because;
  return json;
}

std::string GradeInWords(const std::string& grade) {
  static const std::map<std::string, std::string> words = {{"asserted", "asserted only"},
                                                           {"correlated", "tentative"},
                                                           {"predictive", "firm"},
                                                           {"experimental", "proven"},
                                                           {"none_found", "no link found"},
                                                           {"against_plan", "against the plan"},
                                                           {"too_little_data", "too little data"},
                                                           {"broken", "broken"},
                                                           {"component", "arithmetic"}};
  const auto found = words.find(grade);
  return found == words.end() ? grade : found->second;
}

/// Lines of a node and of what leads to it; a node is told once.
class TextTree {
 public:
  TextTree(const ReadChain& read, const std::vector<LinkEvidence>& evidence,
           const std::set<std::string>& shown)
      : read_(read), evidence_(evidence), shown_(shown) {}

  std::string Write(const std::vector<std::string>& roots) {
    for (const std::string& root : roots) Node(root, 0, nullptr);
    return std::move(out_);
  }

 private:
  void Node(const std::string& id, int depth, const LinkEvidence* by) {
    if (!shown_.contains(id)) return;
    const ChainNode& node = *read_.chain.Find(id);
    const bool again = !told_.insert(id).second;
    const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
    out_ += indent + (depth > 0 ? "◄ " : "") + Shortened(node.title) + " (" + Shortened(id) + ")";
    if (const NodeData* data = read_.data.Find(id)) {
      const std::string unit = node.unit == "currency" ? read_.data.currency : node.unit;
      out_ += "  " + (data->now ? FormatNumber(*data->now, unit, true) : "no number: " + data->missing);
    }
    if (!node.owner.empty()) out_ += "  owner: " + Shortened(node.owner);
    out_ += "\n";
    if (by != nullptr) {
      out_ += indent + "    " + GradeInWords(by->grade);
      if (!by->claims.empty())
        out_ += ": " + by->claims.back().text();
      else if (!by->because.empty())
        out_ += ": " + by->because;
      out_ += "\n";
    }
    if (again || depth > 60) return;
    for (std::size_t i = 0; i < read_.chain.links.size(); ++i) {
      if (read_.chain.links[i].to == id) Node(read_.chain.links[i].from, depth + 1, &evidence_[i]);
    }
  }

  const ReadChain& read_;
  const std::vector<LinkEvidence>& evidence_;
  const std::set<std::string>& shown_;
  std::set<std::string> told_;
  std::string out_;
};

Error NoNode(const ValueChain& chain, const std::string& id) {
  std::vector<std::string> known;
  for (const ChainNode& node : chain.nodes) known.push_back(node.id);
  std::string hint = DidYouMean(id, known);
  return {Code::kUsage, "", "the chain has no node '" + Shortened(id) + "'",
          hint.empty() ? "backcast chain shows them all" : hint};
}

}  // namespace

Result<ReadChain> ReadWholeChain(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_CHECK(workspace.NeedPlan());
  BACKCAST_TRY(Ready ready, Prepare(workspace, options, talk));
  return ReadWholeChain(workspace, std::move(ready));
}

Result<ReadChain> ReadWholeChain(Workspace& workspace, Ready ready) {
  ReadChain read;
  read.ready = std::move(ready);
  read.chain = BuildValueChain(*workspace.plan(), workspace.catalogue());
  BACKCAST_TRY(read.data, ReadChainData(workspace, read.ready, read.chain, read.sql));
  return read;
}

const std::vector<LinkEvidence>& EvidenceOf(const Workspace& workspace, ReadChain& read) {
  if (!read.evidence) read.evidence = WeighLinks(read.chain, read.data, Experiments(*workspace.plan()));
  return *read.evidence;
}

Result<Answer> ShowChain(Workspace& workspace, const ChainCommand& command, Talk& talk) {
  BACKCAST_TRY(ReadChain read, ReadWholeChain(workspace, command.card, talk));
  std::set<std::string> shown;
  std::vector<std::string> roots;
  for (const ChainNode& node : read.chain.nodes) {
    if (command.up.empty() && command.down.empty()) shown.insert(node.id);
    if (node.role == NodeRole::kOutcome) roots.push_back(node.id);
  }
  for (const auto& [id, up] : {std::pair(command.up, true), std::pair(command.down, false)}) {
    if (id.empty()) continue;
    const ChainNode* node = read.chain.FindByName(id);
    if (node == nullptr) return NoNode(read.chain, id);
    for (const std::string& each : up ? Upstream(read.chain, node->id) : Downstream(read.chain, node->id))
      shown.insert(each);
    if (up) roots = {node->id};
  }
  const std::vector<LinkEvidence>& evidence = EvidenceOf(workspace, read);
  Answer answer;
  if (command.card.format != Format::kJson) {
    answer.out = TextTree(read, evidence, shown).Write(roots);
    for (const std::string& assumed : read.chain.assumptions) answer.out += "\nTaken: " + assumed + "\n";
    answer.out += FindingLines(read.data);
    return answer;
  }
  Json nodes = Json::array(), links = Json::array();
  for (const ChainNode& node : read.chain.nodes) {
    if (shown.contains(node.id)) nodes.push_back(NodeJson(node, read.data));
  }
  for (std::size_t i = 0; i < read.chain.links.size(); ++i) {
    const ChainLink& link = read.chain.links[i];
    if (shown.contains(link.from) && shown.contains(link.to)) links.push_back(LinkJson(link, evidence[i]));
  }
  Json content = {
      {"nodes", std::move(nodes)}, {"links", std::move(links)}, {"assumptions", read.chain.assumptions}};
  answer.out = Dump(ChainEnvelope("chain", workspace.name(), read.data, std::move(content)));
  return answer;
}

}  // namespace backcast
