// SPDX-License-Identifier: Apache-2.0
// What a plan's comments say about which of its values nobody gave.
#include <algorithm>
#include <set>

#include "guide/draft.h"
#include "guide/plan_comments.h"
#include "guide/read_back.h"

namespace backcast {
namespace {

class Leaving {
 public:
  Leaving(Yaml answers, std::string_view text, const GuideData& data, std::string name)
      : answers_(std::move(answers)), comments_(text), data_(data), name_(std::move(name)) {}

  Yaml Run() {
    auto whole = DraftPlan(answers_, {}, data_, name_);
    // A plan without such comments was written, or looked through, by a person.
    if (!whole.ok() || !comments_.Say("assumed: ")) return std::move(answers_);
    values_ = ValuesOf(whole.value().root);
    said_ = WordsOf(whole.value());
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = answers_.entries.size(); i-- > 0;) again |= LeaveQuestion(i);
    }
    return std::move(answers_);
  }

 private:
  /// The plan without its comments, keys in one order.
  static std::string ValuesOf(Block root) {
    Strip(root);
    return WriteYaml(root);
  }
  static void Strip(Block& block) {
    block.comments.clear();
    for (Block& item : block.items) Strip(item);
    for (auto& [key, value] : block.entries) Strip(value);
    std::sort(block.entries.begin(), block.entries.end(),
              [](const auto& left, const auto& right) { return left.first < right.first; });
  }

  /// What the comments of a draft say.
  static std::set<std::string> WordsOf(const Draft& draft) {
    std::set<std::string> words;
    for (const std::string& what : draft.assumed) words.insert("assumed: " + what);
    for (const OpenQuestion& question : draft.open)
      words.insert("answer: " + question.ask + " (" + question.id + ")");
    return words;
  }

  /// The plan stays as it is without that answer, and says itself that nobody gave it.
  bool MayGo() {
    const auto draft = DraftPlan(answers_, {}, data_, name_);
    hints_ = !draft.ok();
    if (!draft.ok()) return false;
    std::set<std::string> words = WordsOf(draft.value());
    bool all = true;
    for (const std::string& one : words) {
      if (said_.count(one) > 0) continue;
      const bool says = comments_.Say(one);
      hints_ |= says;
      all &= says;
    }
    if (!all || ValuesOf(draft.value().root) != values_) return false;
    said_ = std::move(words);
    return true;
  }

  /// Takes one element out for good when it may go.
  template <class Element>
  bool Leave(std::vector<Element>& all, std::size_t at) {
    Element taken = std::move(all[at]);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    if (MayGo()) return true;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), std::move(taken));
    return false;
  }

  bool LeaveQuestion(std::size_t at) {
    if (Leave(answers_.entries, at)) return true;
    // Without the whole of it the plan would say nothing that it says: a person answered it.
    if (!hints_) return false;
    bool left = false;
    Yaml& value = answers_.entries[at].value;
    for (std::size_t i = value.entries.size(); i-- > 0;) left |= Leave(value.entries, i);
    for (std::size_t i = value.items.size(); i-- > 0;) {
      if (Leave(value.items, i)) {
        left = true;
        continue;
      }
      std::vector<Yaml::Entry>& fields = answers_.entries[at].value.items[i].entries;
      for (std::size_t field = fields.size(); field-- > 0;) left |= Leave(fields, field);
    }
    return left;
  }

  Yaml answers_;
  PlanComments comments_;
  std::string values_;
  std::set<std::string> said_;  ///< by a draft of these answers
  bool hints_ = false;          ///< the last draft said something that the plan says and these answers do not
  const GuideData& data_;
  std::string name_;
};

}  // namespace

Yaml WithoutAssumed(Yaml answers, std::string_view text, const GuideData& data, const std::string& name) {
  return Leaving(std::move(answers), text, data, name).Run();
}

}  // namespace backcast
