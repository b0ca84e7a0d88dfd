// SPDX-License-Identifier: Apache-2.0
// Key issues become entries of the plan: issue, driver, process owner, and an improvement with what the
// numbers should do, written down before they do it.
#include <set>

#include "desk/care_issues.h"
#include "guide/yaml_writer.h"
#include "plan/blocks.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr int kDaysUntilDue = 90, kLagWeeks = 4;

/// Ids that the plan uses already.
class FreeIds {
 public:
  explicit FreeIds(const std::optional<Plan>& plan) {
    if (!plan) return;
    for (const char* list : {"service_review.issues", "improvements"}) {
      for (const Yaml* block : Blocks(plan->root, list)) taken_.insert(block->Text("id"));
    }
  }

  std::string Take(const std::string& prefix, const std::string& name) {
    const std::string id = IdOf(name).empty() ? "issue" : IdOf(name);
    std::string free = prefix + id;
    for (int n = 2; !taken_.insert(free).second; ++n) free = prefix + id + "_" + std::to_string(n);
    return free;
  }

 private:
  std::set<std::string> taken_;
};

/// The first of the team who can change the area; empty when nobody can.
std::string OwnerOf(const std::optional<Plan>& plan, const std::string& area) {
  if (!plan || area.empty()) return "";
  for (const Person& person : plan->team) {
    for (const std::string& influence : person.influences) {
      if (influence == area || (area == "care_replies" && influence == "care")) return person.id;
    }
  }
  return "";
}

std::string Rounded(double share) {
  std::string text = std::to_string(share);
  text.resize(text.find('.') + 4);
  return text;
}

std::string MainDriver(const IssueRow& row) {
  for (const IssueDriver& one : row.drivers) {
    if (!one.driver.empty()) return one.driver;
  }
  return "";
}

Block IssueBlock(const IssueRow& row, const std::string& id, const std::string& driver,
                 const std::string& owner, double coded) {
  Block block = Block::Map();
  block.At("id") = Block::Plain(id);
  block.At("name") = Block::Text(row.issue);
  block.At("share_of_calls") = Block::Plain(Rounded(row.contacts() / coded));
  if (row.trend.verdict == TrendVerdict::kRising) block.At("trend") = Block::Plain("rising");
  if (row.trend.verdict == TrendVerdict::kFalling) block.At("trend") = Block::Plain("falling");
  if (row.trend.verdict == TrendVerdict::kNoChangeShown) block.At("trend") = Block::Plain("flat");
  if (!driver.empty()) block.At("driver") = Block::Text(driver);
  if (!owner.empty()) block.At("process_owner") = Block::Plain(owner);
  if (driver.empty()) block.comments.emplace_back("driver: which process, policy or product fact causes it?");
  if (owner.empty()) block.comments.emplace_back("process_owner: who of the team can change that?");
  return block;
}

Block ImprovementBlock(const IssueRow& row, const std::string& id, const std::string& issue,
                       const std::string& driver, const std::string& owner, Day due) {
  Block block = Block::Map();
  block.At("id") = Block::Plain(id);
  block.At("issue") = Block::Plain(issue);
  const std::string about = Shortened(row.issue);
  block.At("objective") = Block::Text("Fewer people have to ask about " + about +
                                      (driver.empty() ? "" : ", because of: " + Shortened(driver)));
  block.At("owner") = Block::Plain(owner);
  block.At("due") = Block::Plain(ToIso(due));
  Block& expect = block.At("expect") = Block::Map();
  expect.At("metric") = Block::Plain(row.calls > row.conversations ? "call_volume" : "conversations");
  expect.At("direction") = Block::Plain("lower");
  expect.At("lag_weeks") = Block::Plain(std::to_string(kLagWeeks));
  expect.At("scope.issue") = Block::Texts({row.issue});
  return block;
}

bool IsImproved(const std::optional<Plan>& plan, const std::string& issue) {
  if (!plan || issue.empty()) return false;
  for (const Yaml* block : Blocks(plan->root, "improvements")) {
    if (block->Text("issue") == issue) return true;
  }
  for (const Yaml* block : Blocks(plan->root, "service_review.issues")) {
    if (block->Text("id") == issue && !IsEmpty(block->Find("accepted_because"))) return true;
  }
  return false;
}

}  // namespace

std::string IssueProposals(const CareIssues& issues, const std::optional<Plan>& plan,
                           const std::vector<DriverArea>& areas) {
  FreeIds ids(plan);
  Block listed = Block::List(), improvements = Block::List();
  const double coded = issues.contacts - issues.uncoded;
  for (const IssueRow& row : issues.issues) {
    if (!row.key || !IsUtf8(row.issue) || IsImproved(plan, row.planned)) continue;
    std::string driver = row.planned_driver.empty() ? MainDriver(row) : row.planned_driver;
    if (!IsUtf8(driver)) driver.clear();
    std::string owner = row.process_owner;
    if (owner.empty()) owner = OwnerOf(plan, AreaOf(driver.empty() ? row.issue : driver, areas));
    std::string id = row.planned;
    if (id.empty()) {
      id = ids.Take("i_", row.issue);
      listed.items.push_back(IssueBlock(row, id, driver, owner, coded));
    }
    // Work without a name belongs to nobody: the doctor would refuse it.
    if (owner.empty()) continue;
    improvements.items.push_back(ImprovementBlock(row, ids.Take("v_", row.issue), id, driver, owner,
                                                  issues.as_of + std::chrono::days{kDaysUntilDue}));
  }
  if (listed.items.empty() && improvements.items.empty()) return "";
  Block root = Block::Map();
  if (!listed.items.empty()) {
    Block& review = root.At("service_review") = Block::Map();
    review.At("reviewed_on") = Block::Plain(ToIso(issues.as_of));
    Block& period = review.At("period") = Block::Map();
    period.At("from") = Block::Plain(ToIso(issues.period.from));
    period.At("to") = Block::Plain(ToIso(issues.period.to - std::chrono::days{1}));
    review.At("calls_reviewed") = Block::Plain(std::to_string(static_cast<long long>(issues.contacts)));
    std::vector<std::string> trends;
    for (const IssueRow& row : issues.issues) {
      const bool moves =
          row.trend.verdict == TrendVerdict::kRising || row.trend.verdict == TrendVerdict::kFalling;
      if (moves && IsUtf8(row.issue))
        trends.push_back(Shortened(row.issue) + ": " + std::string(ToWord(row.trend.verdict)));
    }
    if (!trends.empty()) review.At("trends") = Block::Texts(trends);
    review.At("issues") = std::move(listed);
  }
  if (!improvements.items.empty()) root.At("improvements") = std::move(improvements);
  return WriteYaml(root);
}

}  // namespace backcast
