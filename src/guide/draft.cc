// SPDX-License-Identifier: Apache-2.0
#include "guide/draft.h"

#include <algorithm>
#include <map>
#include <set>

#include "guide/answers.h"
#include "guide/back_out.h"
#include "guide/proposals.h"
#include "guide/yaml_writer.h"
#include "plan/driver_trees.h"
#include "plan/rulebook.h"
#include "plan/shape.h"

namespace backcast {
namespace {

std::string FirstKey(const std::string& path) { return path.substr(0, path.find('.')); }

class Drafting {
 public:
  Drafting(const Yaml& answers, const std::vector<std::string>& templates, const Questions& questions,
           const Catalogue& catalogue, Day today, std::string name)
      : answers_(answers),
        templates_(templates),
        questions_(questions),
        catalogue_(catalogue),
        data_(Proposals::Shipped()),
        today_(today),
        name_(std::move(name)),
        backed_(BackOut(answers, templates, questions, catalogue)) {
    for (const GuideQuestion& question : questions.all()) {
      if (question.has_ids) ids_[question.id] = IdsOf(answers, question);
    }
    for (const Wanted& outcome : backed_.outcomes) outcome_ids_.push_back(outcome.id);
    ids_["outcomes"] = outcome_ids_;
    for (const Member& member : backed_.team) team_ids_.push_back(member.id);
    ids_["team"] = team_ids_;
    ids_["kpis"].clear();
    for (const ProposedKpi& kpi : backed_.kpis) ids_["kpis"].push_back(kpi.id);
  }

  Draft Write() {
    Header();
    for (const GuideQuestion& question : questions_.all()) {
      if (!question.into.empty() && question.each.empty()) Copy(question);
    }
    Team();
    Strategy();
    Outcomes();
    Objectives();
    Segments();
    OwnersOfTheRest();
    Kpis();
    Tactics();
    Elements();
    Gaps();
    Scorecards();
    Order();
    draft_.yaml = WriteYaml(root_);
    return std::move(draft_);
  }

 private:
  // ------------------------------------------------------------- what is said beside the values
  void Ask(Block& at, const GuideQuestion& question, const GuideField* field, const std::string& about = "") {
    const std::string id = question.id + (field == nullptr ? "" : "." + field->id);
    const std::string& ask = field == nullptr ? question.ask : field->ask;
    at.comments.push_back("answer: " + (about.empty() ? "" : about + ": ") + ask + " (" + id + ")");
    draft_.open.push_back({id, FirstKey(question.into.empty() ? question.id : question.into),
                           (about.empty() ? "" : about + ": ") + ask});
  }

  void Ask(Block& at, const char* question, const char* field, const std::string& about = "") {
    const GuideQuestion* asked = questions_.Find(question);
    if (asked != nullptr) Ask(at, *asked, asked->Find(field), about);
  }

  void Assume(Block& at, const std::string& what) {
    at.comments.push_back("assumed: " + what);
    draft_.assumed.push_back(what);
  }

  // ------------------------------------------------------------- answers as they are
  Block Value(const GuideField& field, const Yaml& value) const {
    const auto scalar = [&](const std::string& text) {
      if (field.is == GuideField::Is::kId || field.is == GuideField::Is::kIds) {
        const auto found = ids_.find(field.of);
        const std::string id = found == ids_.end() ? "" : ResolveId(text, found->second);
        return Block::Text(id.empty() ? text : id);
      }
      if (field.is == GuideField::Is::kYesNo)
        return Block::Plain(text == "yes" || text == "true" || text == "True" ? "true" : "false");
      return field.IsPlain() ? Block::Plain(text) : Block::Text(text);
    };
    if (value.IsScalar() && !field.IsList()) return scalar(value.text);
    Block list = Block::List();
    for (const std::string& text : value.Texts()) list.items.push_back(scalar(text));
    return list;
  }

  /// The fields of one entry; what is missing is asked above `comments_at`.
  void Fill(const GuideQuestion& question, const Yaml& said, Block& entry, Block& comments_at) {
    for (const GuideField& field : question.fields) {
      const Yaml* value = said.Find(field.id);
      if (value != nullptr && !value->IsNull()) {
        if (field.is == GuideField::Is::kYesNo && field.yes.IsMap() && value->Boolean().value_or(false)) {
          for (const Yaml::Entry& more : field.yes.entries) entry.At(more.key) = Block::From(more.value);
        }
        if (!field.into.empty()) Place(entry, field.into) = Value(field, *value);
      } else if (!field.standard.empty() && !field.into.empty() && IsAsked(field, said)) {
        Yaml standard;
        standard.kind = Yaml::Kind::kScalar;
        standard.text = field.standard;
        Place(entry, field.into) = Value(field, standard);
        Assume(comments_at, question.id + "." + field.id + " is " + field.standard);
      } else if (!field.optional && IsAsked(field, said)) {
        Ask(comments_at, question, &field);
      }
    }
  }

  Block& Place(Block& entry, const std::string& into) {
    return into.front() == '/' ? root_.At(into.substr(1)) : entry.At(into);
  }

  /// A question whose answer is a part of the plan as it is.
  void Copy(const GuideQuestion& question) {
    // Used or not is read together with the tactics that are proposed.
    if (question.fields.front().is == GuideField::Is::kUsed) return;
    if (!IsAsked(question, answers_, templates_)) return;
    const std::vector<const Yaml*> said = EntriesOf(answers_, question.id);
    if (said.empty()) {
      // Defaults of a block that nobody was asked about are proposals too; a block without any is only asked
      // for.
      const bool has_defaults =
          !question.repeat &&
          std::all_of(question.fields.begin(), question.fields.end(),
                      [](const GuideField& field) { return field.optional || !field.standard.empty(); });
      if (has_defaults) {
        Block& block = root_.At(question.into);
        Fill(question, Yaml(), block, block);
      } else if (!question.optional) {
        Ask(root_.At(FirstKey(question.into)), question, nullptr);
      }
      return;
    }
    if (!question.repeat) {
      Block& block = root_.At(question.into);
      Block comments;
      Fill(question, *said.front(), block, comments);
      Block& top = root_.At(FirstKey(question.into));
      top.comments.insert(top.comments.end(), comments.comments.begin(), comments.comments.end());
      return;
    }
    Block list = Block::List();
    const std::vector<std::string> ids = question.has_ids ? ids_[question.id] : std::vector<std::string>();
    for (std::size_t i = 0; i < said.size(); ++i) {
      Block entry = Block::Map();
      if (question.has_ids && i < ids.size()) entry.At("id") = Block::Text(ids[i]);
      Block comments;
      Fill(question, *said[i], entry, comments);
      entry.comments = comments.comments;
      list.items.push_back(std::move(entry));
    }
    Block& at = root_.At(question.into);
    list.comments = at.comments;
    at = std::move(list);
  }

  // ------------------------------------------------------------- parts that are made
  void Header() {
    root_.comments = {"Measurement plan, begun with `backcast init` on " + ToIso(today_) +
                          ". Everything in it is a proposal and may be edited.",
                      "Comments: an answer: waits for a person; what is assumed: nobody said; a gap: cannot "
                      "be measured or changed yet.",
                      "The doctor says what is missing and why: backcast check"};
    const std::string brand =
        EntriesOf(answers_, "brand").empty() ? "" : EntriesOf(answers_, "brand").front()->Text("name");
    const std::string year = ToIso(today_).substr(0, 4);
    root_.At("backcast") = Block::Plain("1");
    root_.At("plan.id") = Block::Text(Slug(brand.empty() ? name_ : brand) + "-" + year);
    root_.At("plan.version") = Block::Plain("1");
    root_.At("plan.revised_on") = Block::Plain(ToIso(today_));
    root_.At("plan.revised_because") = Block::Text("First plan, begun with backcast init.");
    if (!brand.empty()) return;
    root_.At("brand.name") = Block::Text(name_);
    Assume(root_.At("brand"), "the brand is called as its folder is: " + Slug(name_));
  }

  void Team() {
    Block& team = root_.At("team");
    if (team.kind != Block::Kind::kList) {
      const std::vector<std::string> comments = std::move(team.comments);
      team = Block::List();
      team.comments = comments;
    }
    for (const Member& member : backed_.team) {
      if (!member.stands_in) continue;
      Block entry = Block::Map();
      Assume(entry, "'" + member.id + "' holds the place of whoever works there");
      Ask(entry, "team", "name", member.role);
      entry.At("id") = Block::Text(member.id);
      entry.At("role") = Block::Text(member.role);
      entry.At("function") = Block::Text(member.function);
      entry.At("influences") = Block::Texts(member.influences);
      team.items.push_back(std::move(entry));
    }
  }

  /// Without a sentence of the board's own, those of the wanted outcomes stand in.
  void Strategy() {
    strategies_ = ids_["strategy"];
    if (!strategies_.empty()) return;
    Block& strategy = root_.At("strategy");
    const std::vector<std::string> comments = strategy.comments;
    strategy = Block::List();
    strategy.comments = comments;
    for (const Wanted& outcome : backed_.outcomes) {
      const TreeWords* words = data_.FindTree(outcome.tree);
      Block entry = Block::Map();
      strategies_.push_back("s_" + std::to_string(strategies_.size() + 1));
      Assume(entry, "the strategy wants '" + (words == nullptr ? outcome.tree : words->strategy) + "'");
      entry.At("id") = Block::Text(strategies_.back());
      entry.At("statement") = Block::Text(words == nullptr ? outcome.tree : words->strategy);
      strategy.items.push_back(std::move(entry));
    }
  }

  void Outcomes() {
    const GuideQuestion* question = questions_.Find("outcomes");
    const std::vector<const Yaml*> said = EntriesOf(answers_, "outcomes");
    const std::vector<std::string>& objectives = ids_["objectives"];
    Block list = Block::List();
    list.comments = {"The business results that are the goals."};
    static const Yaml nothing;
    for (std::size_t i = 0; i < backed_.outcomes.size(); ++i) {
      const Wanted& wanted = backed_.outcomes[i];
      const DriverTree& tree = *FindDriverTree(wanted.tree);
      Block entry = Block::Map(), open, assumed;
      entry.At("id") = Block::Text(wanted.id);
      entry.At("objective");
      entry.At("metric") = Block::Text(tree.outcome);
      const Yaml& words = i < said.size() ? *said[i] : nothing;
      Fill(*question, WithTree(words, tree.id), entry, open);
      DropOpen(open, {"outcomes.objective", "outcomes.ceo"});
      Block& objective = entry.At("objective");
      if (objective.IsEmpty() || (!objectives.empty() && std::find(objectives.begin(), objectives.end(),
                                                                   objective.text) == objectives.end())) {
        const std::string id = objectives.empty() ? "b_" + std::to_string(i + 1)
                                                  : objectives[std::min(i, objectives.size() - 1)];
        objective = Block::Text(id);
        if (!objectives.empty()) Assume(assumed, wanted.id + " proves objective " + id);
      }
      proved_.insert(objective.text);
      if (entry.At("ceo").IsEmpty()) {
        entry.At("ceo") = Block::Text(tree.ceo);
        Assume(assumed, "the sentence for the CEO is that of the template: '" + tree.ceo + "'");
      }
      entry.At("owner") = Block::Text(wanted.owner);
      if (wanted.owner_assumed) Assume(assumed, wanted.owner + " answers for " + wanted.id);
      entry.At("lag_weeks") = Block::Plain(std::to_string(tree.lag_weeks));
      entry.comments = assumed.comments;
      entry.comments.insert(entry.comments.end(), open.comments.begin(), open.comments.end());
      if (!tree.condition.empty() && tree.condition != "none")
        entry.comments.push_back("condition: " + tree.condition);
      if (!tree.method.empty()) entry.comments.push_back("method: " + tree.method);
      list.items.push_back(std::move(entry));
    }
    root_.At("outcomes") = std::move(list);
  }

  /// Objectives of the person, each with its strategy and owner; without any, one for each outcome.
  void Objectives() {
    const std::vector<const Yaml*> said = EntriesOf(answers_, "objectives");
    Block& list = root_.At("objectives");
    if (said.empty()) {
      const std::vector<std::string> comments = list.comments;
      list = Block::List();
      list.comments = comments;
      for (std::size_t i = 0; i < backed_.outcomes.size(); ++i) {
        const TreeWords* words = data_.FindTree(backed_.outcomes[i].tree);
        Block entry = Block::Map();
        const std::string statement = words == nullptr ? backed_.outcomes[i].tree : words->objective;
        Assume(entry, "the objective is '" + statement + "'");
        entry.At("id") = Block::Text("b_" + std::to_string(i + 1));
        entry.At("strategy") = Block::Text(strategies_[std::min(i, strategies_.size() - 1)]);
        entry.At("statement") = Block::Text(statement);
        if (words != nullptr) entry.At("kind") = Block::Text(words->kind);
        entry.At("owner") = Block::Text(backed_.outcomes[i].owner);
        list.items.push_back(std::move(entry));
      }
      return;
    }
    std::vector<Block> kept;
    for (Block& entry : list.items) {
      const std::string id = entry.At("id").text;
      if (proved_.count(id) == 0) {
        AddGap(list, "objective '" + Shortened(entry.At("statement").text) +
                         "' is left out: no result was named that would prove it");
        continue;
      }
      if (entry.At("strategy").IsEmpty()) {
        std::erase_if(entry.comments,
                      [](const std::string& line) { return line.ends_with("(objectives.strategy)"); });
        entry.At("strategy") = Block::Text(strategies_.front());
        Assume(entry, "objective " + id + " serves " + strategies_.front());
      }
      for (Block& outcome : root_.At("outcomes").items) {
        if (outcome.At("objective").text == id && entry.At("owner").IsEmpty())
          entry.At("owner") = outcome.At("owner");
      }
      kept.push_back(std::move(entry));
    }
    list.items = std::move(kept);
  }

  /// A target that a computer can tell from the rest; until somebody says who, everybody whom social media
  /// brings.
  void Segments() {
    Block& list = root_.At("segments");
    const std::string rule = data_.segment.Text("rule");
    bool has_target = false;
    if (list.kind != Block::Kind::kList) {
      const std::vector<std::string> comments = list.comments;
      list = Block::List();
      list.comments = comments;
    }
    for (Block& entry : list.items) {
      has_target |= entry.At("is_target").text == "true";
      if (!entry.At("rule").IsEmpty()) continue;
      entry.At("rule") = Block::Text(rule);
      Assume(entry, "until somebody writes the rule, segment " + entry.At("id").text +
                        " is whomever social media brings");
    }
    if (has_target) return;
    Block entry = Block::Map();
    entry.At("id") = Block::Text(data_.segment.Text("id"));
    entry.At("name") = Block::Text(data_.segment.Text("name"));
    entry.At("is_target") = Block::Plain("true");
    entry.At("rule") = Block::Text(rule);
    Assume(entry, "until somebody says who exactly is wanted, it is everybody whom social media brings");
    list.items.push_back(std::move(entry));
  }

  /// Owners that a block needs and nobody named.
  void OwnersOfTheRest() {
    if (team_ids_.empty()) return;
    for (const char* path : {"channels", "improvements"}) {
      const Block* written = root_.Find(path);
      if (written == nullptr || written->kind != Block::Kind::kList) continue;
      for (Block& entry : root_.At(path).items) {
        if (!entry.At("owner").IsEmpty()) continue;
        entry.At("owner") = Block::Text(backed_.outcomes.front().owner);
        Assume(entry, backed_.outcomes.front().owner + " answers for " + entry.At("id").text);
      }
    }
    if (root_.Find("improvements") == nullptr) return;
    for (Block& entry : root_.At("improvements").items) entry.At("tell") = Block::Text(TellingTactic());
  }

  /// The tactic that tells people of improvements; else any that talks with them.
  std::string TellingTactic() const {
    for (const TacticPattern& pattern : data_.tactics) {
      if (pattern.only_for != "improvements") continue;
      for (const ProposedTactic& tactic : backed_.tactics) {
        if (tactic.id == pattern.id) return tactic.id;
      }
    }
    return backed_.tactics.empty() ? "" : backed_.tactics.back().id;
  }

  void Kpis() {
    Block list = Block::List();
    list.comments = {
        "Backed out of the driver trees: each factor with whom it belongs to, what it costs, and what shows "
        "it is gamed."};
    for (const ProposedKpi& kpi : backed_.kpis) list.items.push_back(Kpi(kpi));
    root_.At("kpis") = std::move(list);
  }

  Block Kpi(const ProposedKpi& kpi) {
    Block entry = Block::Map();
    entry.At("id") = Block::Text(kpi.id);
    entry.At("outcome") = Block::Text(kpi.outcome);
    entry.At("metric") = Block::Text(kpi.metric);
    entry.At("owner") = Block::Text(kpi.owner);
    entry.At("why") = Block::Text(kpi.why);
    if (kpi.guess)
      entry.comments.push_back("guess: a lead that no data has tested; drop it when the link is not there");
    Numbers(kpi, entry);
    Block path = Block::List();
    for (const auto& [step, metric] : kpi.path) {
      Block one = Block::Map();
      one.At("step") = Block::Text(step);
      one.At("metric") = Block::Text(metric);
      path.items.push_back(std::move(one));
      const Metric* known = catalogue_.Find(metric);
      if (known != nullptr && !known->HasFormula())
        AddGap(entry, "step '" + step + "' of " + kpi.id + " is not counted yet: " + metric + " comes from " +
                          known->computed_by);
    }
    entry.At("path") = std::move(path);
    if (!kpi.cost.empty()) entry.At("cost_pair") = Block::Text(kpi.cost);
    if (!kpi.compare.empty()) {
      entry.At("compare_with") = Block::Texts(kpi.compare);
      if (!kpi.own) Assume(entry, kpi.id + " competes with " + kpi.compare.front() + " and others");
    }
    if (!kpi.guard.empty()) entry.At("guard") = Block::Text(kpi.guard);
    const std::string guard = kpi.said == nullptr ? "" : kpi.said->Text("guard");
    if (!guard.empty()) entry.At("guard") = Block::Text(guard);
    return entry;
  }

  /// Baseline and target: those that were said, and no others.
  void Numbers(const ProposedKpi& kpi, Block& entry) {
    const auto said = [&](std::initializer_list<const char*> keys) -> const Yaml* {
      for (const char* key : keys) {
        const Yaml* value = kpi.said == nullptr ? nullptr : kpi.said->Find(key);
        if (value != nullptr && value->IsScalar()) return value;
      }
      return nullptr;
    };
    const Yaml* baseline = said({"baseline", "today"});
    const Yaml* target = said({"target", "promise"});
    if (baseline != nullptr) entry.At("baseline.value") = Block::Plain(baseline->text);
    if (const Yaml* period = said({"baseline_period"}); period != nullptr && baseline != nullptr)
      entry.At("baseline.period") = Block::Plain(period->text);
    if (target != nullptr) entry.At("target.value") = Block::Plain(target->text);
    if (const Yaml* by = said({"by"}); by != nullptr && target != nullptr)
      entry.At("target.by") = Block::Plain(by->text);
    const char* question = kpi.said != nullptr && kpi.said->Find("metric") == nullptr ? "requests" : "kpis";
    const bool requests = std::string_view(question) == "requests";
    if (baseline == nullptr) Ask(entry, question, requests ? "today" : "baseline", kpi.metric);
    if (target == nullptr) Ask(entry, question, requests ? "promise" : "target", kpi.metric);
  }

  void Tactics() {
    const GuideQuestion* question = questions_.Find("tactics");
    Block list = Block::List();
    for (const ProposedTactic& tactic : backed_.tactics) {
      Block entry = Block::Map(), open;
      entry.At("id") = Block::Text(tactic.id);
      entry.At("name") = Block::Text(tactic.name);
      for (const auto& [key, text] :
           {std::pair{"element", &tactic.element}, std::pair{"stage", &tactic.stage},
            std::pair{"asks_for", &tactic.asks_for}, std::pair{"focus", &tactic.focus}}) {
        if (!text->empty()) entry.At(key) = Block::Text(*text);
      }
      if (!tactic.channels.empty()) entry.At("channels") = Block::Texts(tactic.channels);
      entry.At("segments") = Block::Texts(tactic.segments);
      entry.At("moves") = Block::Texts(tactic.moves);
      if (!tactic.path.empty()) entry.At("path") = Block::Texts(tactic.path);
      if (tactic.opt_in.IsMap()) entry.At("opt_in") = Block::From(tactic.opt_in);
      entry.At("owner") = Block::Text(tactic.owner);
      if (!tactic.own && tactic.said == nullptr)
        Assume(entry, "'" + tactic.name + "' is what " + tactic.owner + " will do");
      bool has_budget = false;
      for (const GuideField& field : question->fields) {
        const Yaml* value = tactic.said == nullptr ? nullptr : tactic.said->Find(field.id);
        const bool plain = field.is == GuideField::Is::kDate || field.is == GuideField::Is::kNumber;
        if (value == nullptr || !value->IsScalar() || !plain) continue;
        entry.At(field.into) = Block::Plain(value->text);
        has_budget |= field.into.starts_with("budget.");
      }
      if (!has_budget) Ask(entry, "tactics", "people", tactic.id);
      list.items.push_back(std::move(entry));
    }
    root_.At("tactics") = std::move(list);
  }

  /// An element that a tactic uses is used; one that is neither used nor declined is asked about.
  void Elements() {
    const GuideQuestion* question = questions_.Find("elements");
    const std::vector<const Yaml*> said = EntriesOf(answers_, "elements");
    Block elements = Block::Map();
    for (const GuideField& field : question->fields) {
      const std::string answer = said.empty() ? "" : said.front()->Text(field.id);
      const auto uses = [&](const ProposedTactic& tactic) { return tactic.element == field.id; };
      if (answer == "used") {
        elements.At(field.id) = Block::Text("used");
      } else if (!answer.empty()) {
        elements.At(field.id).At("declined") = Block::Text(answer);
      } else if (std::any_of(backed_.tactics.begin(), backed_.tactics.end(), uses)) {
        elements.At(field.id) = Block::Text("used");
        Assume(elements, field.id + " is used, because a proposed tactic uses it");
      } else {
        Ask(elements, *question, &field);
      }
    }
    root_.At("elements") = std::move(elements);
  }

  void AddGap(Block& at, const std::string& what) {
    at.comments.push_back("gap: " + what);
    draft_.gaps.push_back(what);
  }

  /// What belongs to an outcome and is no KPI: a comment above the outcome, and an entry of not_measured.
  void Gaps() {
    Block& list = root_.At("not_measured");
    for (const NamedGap& gap : backed_.gaps) {
      for (Block& outcome : root_.At("outcomes").items) {
        if (outcome.At("id").text == gap.outcome) AddGap(outcome, gap.what + ": " + gap.why);
      }
      Block entry = Block::Map();
      entry.At("what") = Block::Text(gap.what);
      entry.At("why") = Block::Text(gap.why);
      if (list.kind != Block::Kind::kList) {
        const std::vector<std::string> comments = list.comments;
        list = Block::List();
        list.comments = comments;
      }
      list.items.push_back(std::move(entry));
    }
  }

  /// A page for the managing director, and one for everybody who owns a KPI.
  void Scorecards() {
    Block list = Block::List();
    for (const Member& member : backed_.team) {
      std::vector<std::string> show;
      if (member.function == "ceo") {
        show = outcome_ids_;
      } else {
        for (const ProposedKpi& kpi : backed_.kpis) {
          if (kpi.owner == member.id) show.push_back(kpi.id);
        }
      }
      if (show.empty()) continue;
      Block card = Block::Map();
      card.At("id") = Block::Text(member.function == "ceo" ? "board" : "card_" + member.id);
      card.At("for") = Block::Text(member.id);
      card.At("show") = Block::Texts(show);
      list.items.push_back(std::move(card));
    }
    const auto decides = [](const Member& member) { return member.function == "ceo"; };
    if (std::none_of(backed_.team.begin(), backed_.team.end(), decides))
      Ask(list, "team", "name", "managing director (function ceo)");
    root_.At("scorecards") = std::move(list);
  }

  /// Blocks in the order of thought, which is that of the plan's schema.
  void Order() {
    const Shape* file = Shapes::Shipped().Find("file");
    if (file == nullptr) return;
    const auto rank = [&](const auto& entry) {
      return std::find(file->names.begin(), file->names.end(), entry.first) - file->names.begin();
    };
    std::stable_sort(root_.entries.begin(), root_.entries.end(),
                     [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
    for (auto& [key, value] : root_.entries) {
      if (value.kind == Block::Kind::kList && value.items.empty()) value.kind = Block::Kind::kNothing;
      if (value.kind == Block::Kind::kMap && value.entries.empty()) value.kind = Block::Kind::kNothing;
      DropEmpty(value);
    }
  }

  /// Keys that were only looked at.
  static void DropEmpty(Block& block) {
    for (Block& item : block.items) DropEmpty(item);
    for (auto& [key, value] : block.entries) DropEmpty(value);
    std::erase_if(block.entries, [](const auto& entry) {
      return entry.second.kind == Block::Kind::kNothing ||
             (entry.second.kind == Block::Kind::kMap && entry.second.entries.empty());
    });
  }

  static Yaml WithTree(const Yaml& said, const std::string& tree) {
    Yaml entry = said;
    entry.kind = Yaml::Kind::kMap;
    if (entry.Find("tree") != nullptr) return entry;
    Yaml value;
    value.kind = Yaml::Kind::kScalar;
    value.text = tree;
    entry.entries.push_back({"tree", {}, value});
    return entry;
  }

  /// Takes questions back that are answered by an assumption.
  void DropOpen(Block& at, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      const std::size_t before = at.comments.size();
      std::erase_if(at.comments, [&](const std::string& line) { return line.ends_with("(" + id + ")"); });
      if (at.comments.size() == before) continue;
      const auto last = std::find_if(draft_.open.rbegin(), draft_.open.rend(),
                                     [&](const OpenQuestion& open) { return open.id == id; });
      if (last != draft_.open.rend()) draft_.open.erase(std::next(last).base());
    }
  }

  const Yaml& answers_;
  const std::vector<std::string>& templates_;
  const Questions& questions_;
  const Catalogue& catalogue_;
  const Proposals& data_;
  Day today_;
  std::string name_;
  BackedOut backed_;
  std::map<std::string, std::vector<std::string>, std::less<>> ids_;
  std::vector<std::string> outcome_ids_, team_ids_, strategies_;
  std::set<std::string> proved_;
  Block root_ = Block::Map();
  Draft draft_;
};

}  // namespace

Result<Draft> DraftPlan(const Yaml& answers, const std::vector<std::string>& templates,
                        const Questions& questions, const Catalogue& catalogue, Day today,
                        const std::string& name) {
  if (TreesOf(answers, templates).empty()) {
    std::string trees;
    for (const DriverTree& tree : DriverTrees()) trees += (trees.empty() ? "" : ", ") + tree.id;
    return Error{Code::kUsage, "", "no result is named that the plan should lead to",
                 "give --template, or outcomes in the answers; there are " + trees};
  }
  return Drafting(answers, templates, questions, catalogue, today, name).Write();
}

}  // namespace backcast
