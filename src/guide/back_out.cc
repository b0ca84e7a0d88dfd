// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "guide/answers.h"
#include "guide/proposals.h"
#include "plan/driver_trees.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

using Words = std::set<std::string, std::less<>>;

bool Meet(const std::vector<std::string>& left, const Words& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& word) { return right.count(word) > 0; });
}

bool Contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string Readable(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// Areas of influence that move a metric: what the doctor's rules P10 and P09 ask of its owner.
class Areas {
 public:
  Areas() : area_(Rulebook::Shipped().Find("P10")), sales_(Rulebook::Shipped().Find("P09")) {}

  bool Moves(const Member& member, const Metric& metric, bool has_sold) const {
    if (!Meet(member.influences, Of(metric))) return false;
    return has_sold || sales_.Words("metrics").count(metric.id) == 0 ||
           Meet(member.influences, sales_.Words("influences"));
  }

 private:
  Words Of(const Metric& metric) const {
    Words areas;
    const auto add = [&areas](const Yaml* words) {
      if (words == nullptr) return;
      for (const std::string& word : words->Texts()) areas.insert(word);
    };
    if (const Yaml* by_element = area_.with.Find("areas")) add(by_element->Find(metric.element));
    if (const Yaml* wider = area_.with.Find("wider")) {
      const Yaml* metrics = wider->Find("metrics");
      if (metrics != nullptr && Contains(metrics->Texts(), metric.id)) add(wider->Find("influences"));
    }
    return areas;
  }

  const Rule& area_;
  const Rule& sales_;
};

class Backing {
 public:
  Backing(const Yaml& answers, const std::vector<std::string>& templates, const Questions& questions,
          const Catalogue& catalogue)
      : answers_(answers), questions_(questions), catalogue_(catalogue), data_(Proposals::Shipped()) {
    has_sold_ = !EntriesOf(answers, "sales_history").empty();
    ReadTeam();
    ReadOutcomes(templates);
  }

  BackedOut Run() {
    for (const Wanted& outcome : out_.outcomes) ProposeFor(outcome);
    WeedOwners();
    WeedElements();
    KeepAtLeastTwo();
    NameKpis();
    Decide();
    ProposeTactics();
    DecideTactics();
    DropUnneededStandIns();
    return std::move(out_);
  }

 private:
  void ReadTeam() {
    const GuideQuestion* question = questions_.Find("team");
    if (question != nullptr) {
      const std::vector<std::string> ids = IdsOf(answers_, *question);
      const std::vector<const Yaml*> people = EntriesOf(answers_, "team");
      for (std::size_t i = 0; i < people.size(); ++i) {
        const Yaml* influences = people[i]->Find("influences");
        out_.team.push_back({ids[i], people[i]->Text("role"), people[i]->Text("function"),
                             influences == nullptr ? std::vector<std::string>() : influences->Texts(),
                             false});
      }
    }
    if (!out_.team.empty()) return;
    for (const CompanyFunction& function : data_.functions) AddStandIn(function);
  }

  const Member& AddStandIn(const CompanyFunction& function) {
    std::string id = function.id;
    while (FindMember(id) != nullptr) id += "_to_be_named";
    out_.team.push_back({id, function.role, function.id, function.influences, true});
    return out_.team.back();
  }

  const Member* FindMember(std::string_view id) const {
    const auto found =
        std::find_if(out_.team.begin(), out_.team.end(), [&](const Member& one) { return one.id == id; });
    return found == out_.team.end() ? nullptr : &*found;
  }

  std::vector<std::string> TeamIds() const {
    std::vector<std::string> ids;
    for (const Member& member : out_.team) ids.push_back(member.id);
    return ids;
  }

  /// The person whom an answer names; empty when it names nobody in the team.
  std::string PersonOf(const Yaml& entry, std::string_view key) const {
    const std::string written = entry.Text(key);
    return written.empty() ? "" : ResolveId(written, TeamIds());
  }

  /// The first of these functions that is in the team.
  std::string FirstOf(const std::vector<std::string>& functions) const {
    for (const std::string& function : functions) {
      for (const Member& member : out_.team) {
        if (member.function == function) return member.id;
      }
    }
    return out_.team.empty() ? "" : out_.team.front().id;
  }

  void ReadOutcomes(const std::vector<std::string>& templates) {
    const std::vector<std::string> trees = TreesOf(answers_, templates);
    std::vector<std::string> ids;
    if (const GuideQuestion* question = questions_.Find("outcomes")) ids = IdsOf(answers_, *question);
    for (std::size_t i = 0; i < trees.size(); ++i) {
      const DriverTree* tree = FindDriverTree(trees[i]);
      if (tree == nullptr) continue;
      const TreeWords* words = data_.FindTree(tree->id);
      out_.outcomes.push_back({i < ids.size() ? ids[i] : "o_" + tree->id, tree->id, tree->outcome, "", true});
      out_.outcomes.back().owner = FirstOf(words == nullptr ? std::vector<std::string>() : words->owner);
    }
    std::vector<std::string> known;
    for (const Wanted& outcome : out_.outcomes) known.push_back(outcome.id);
    for (const Yaml* entry : EntriesOf(answers_, "owners")) {
      const std::string id = ResolveId(entry->Text("outcome"), known), owner = PersonOf(*entry, "owner");
      for (Wanted& outcome : out_.outcomes) {
        if (outcome.id != id || owner.empty()) continue;
        outcome.owner = owner;
        outcome.owner_assumed = false;
      }
    }
  }

  /// What the tree's word for "who usually moves it" means for a person: the function, or one of its
  /// influences.
  bool UsuallyMoves(const Member& member, const std::string& word) const {
    const CompanyFunction* function = data_.FindFunction(word);
    if (function == nullptr) return member.function == word || Contains(member.influences, word);
    return member.function == function->id || member.function == word ||
           Meet(member.influences, Words(function->influences.begin(), function->influences.end()));
  }

  int LoadOf(std::string_view owner) const {
    return static_cast<int>(std::count_if(out_.proposed.begin(), out_.proposed.end(),
                                          [&](const ProposedKpi& kpi) { return kpi.owner == owner; }));
  }

  /// Who can move the metric: first those whose function usually does, then those whose influence reaches
  /// there.
  std::string OwnerOf(const Metric& metric, const std::vector<std::string>& usually) const {
    const auto free = [&](const Member& member) {
      return areas_.Moves(member, metric, has_sold_) && LoadOf(member.id) < data_.most_of_owner;
    };
    for (const std::string& word : usually) {
      const CompanyFunction* function = data_.FindFunction(word);
      for (const Member& member : out_.team) {
        if (member.function == (function == nullptr ? word : function->id) && free(member)) return member.id;
      }
    }
    for (const Member& member : out_.team) {
      const auto moves = [&](const std::string& word) { return UsuallyMoves(member, word); };
      if (free(member) && (usually.empty() || std::any_of(usually.begin(), usually.end(), moves)))
        return member.id;
    }
    return "";
  }

  std::string StepOf(const std::string& metric) const {
    const auto found = data_.steps.find(metric);
    if (found != data_.steps.end()) return found->second;
    const Metric* known = catalogue_.Find(metric);
    return known == nullptr ? Readable(metric) : known->title;
  }

  /// From the post to the outcome: the entry (for what stands at the beginning), the metric, the factors
  /// behind it.
  void SetPath(ProposedKpi& kpi, const DriverTree& tree, const std::string& factor,
               bool from_the_post) const {
    std::vector<std::string> metrics;
    const auto add = [&metrics](const std::string& metric) {
      if (!Contains(metrics, metric)) metrics.push_back(metric);
    };
    if (from_the_post) {
      for (const std::string& metric : data_.entry) add(metric);
    }
    std::size_t at = 0;
    while (at < tree.identity.size() && tree.identity[at].metric != factor) ++at;
    if (!from_the_post && at > 0 && at < tree.identity.size()) add(tree.identity[at - 1].metric);
    if (kpi.metric != factor) add(kpi.metric);
    for (; at < tree.identity.size(); ++at) add(tree.identity[at].metric);
    add(tree.outcome);
    for (const std::string& metric : metrics) kpi.path.emplace_back(StepOf(metric), metric);
  }

  void SetPairs(ProposedKpi& kpi, const DriverTree& tree) const {
    const Metric* metric = catalogue_.Find(kpi.metric);
    if (const Pair* pair = data_.FindPair(kpi.metric)) {
      kpi.cost = pair->cost;
      kpi.guard = pair->guard;
      kpi.compare = pair->compare;
    }
    if (!kpi.guard.empty() || metric == nullptr || metric->goodhart == "none") return;
    for (const std::string& guard : tree.guards) {
      if (guard != kpi.metric && kpi.guard.empty()) kpi.guard = guard;
    }
  }

  std::string NameOf(const std::string& metric) const {
    const Metric* known = catalogue_.Find(metric);
    return known == nullptr ? metric : known->title + " (" + metric + ")";
  }

  void AddGap(const std::string& outcome, const std::string& metric, const std::string& why) {
    out_.gaps.push_back({outcome, NameOf(metric), why});
  }

  /// Adds the KPI when it can be read and somebody can move it; otherwise it is a gap.
  bool Add(ProposedKpi kpi, const std::vector<std::string>& usually, bool say_gap) {
    const Metric* metric = catalogue_.Find(kpi.metric);
    if (metric == nullptr) return false;
    if (!metric->HasFormula()) {
      if (say_gap)
        AddGap(kpi.outcome, kpi.metric, "it cannot be read from an export yet (" + metric->computed_by + ")");
      return false;
    }
    kpi.owner = OwnerOf(*metric, usually);
    if (kpi.owner.empty() && kpi.required) {
      const CompanyFunction* function = usually.empty() ? nullptr : data_.FindFunction(usually.front());
      if (function != nullptr) kpi.owner = AddStandIn(*function).id;
    }
    if (kpi.owner.empty()) {
      if (say_gap)
        AddGap(kpi.outcome, kpi.metric, "a condition and no KPI: nobody in the team can change it");
      unowned_.emplace_back(std::move(kpi), usually);
      return false;
    }
    out_.proposed.push_back(std::move(kpi));
    return true;
  }

  void ProposeFor(const Wanted& outcome) {
    const DriverTree& tree = *FindDriverTree(outcome.tree);
    for (std::size_t i = 0; i < tree.identity.size(); ++i) {
      const DriverFactor& factor = tree.identity[i];
      ProposedKpi kpi;
      kpi.metric = factor.metric;
      kpi.outcome = outcome.id;
      kpi.why = "Factor " + std::to_string(i + 1) + " of " + std::to_string(tree.identity.size()) +
                " that make " + Readable(tree.outcome) + ".";
      kpi.weight = 1 + factor.social_control;
      SetPath(kpi, tree, factor.metric, i == 0);
      SetPairs(kpi, tree);
      Add(std::move(kpi), factor.usually, true);
    }
    ProposeAnswerTime(outcome, tree);
    ProposeLeads(outcome, tree);
    WeedOutcome(outcome.id);
  }

  void ProposeAnswerTime(const Wanted& outcome, const DriverTree& tree) {
    const Yaml* trees = data_.requests.Find("trees");
    if (trees == nullptr || !Contains(trees->Texts(), tree.id)) return;
    ProposedKpi kpi;
    kpi.metric = data_.requests.Text("metric");
    const auto same = [&](const ProposedKpi& one) { return one.metric == kpi.metric; };
    if (std::any_of(out_.proposed.begin(), out_.proposed.end(), same)) return;
    kpi.outcome = outcome.id;
    kpi.why = data_.requests.Text("why");
    kpi.required = true;
    kpi.weight = 3;
    kpi.path = {{StepOf("lead_rate"), "lead_rate"},
                {StepOf(kpi.metric), kpi.metric},
                {StepOf(tree.outcome), tree.outcome}};
    SetPairs(kpi, tree);
    for (const Yaml* entry : EntriesOf(answers_, "requests")) {
      kpi.said = entry;
      const std::string owner = PersonOf(*entry, "owner");
      const Metric* metric = catalogue_.Find(kpi.metric);
      if (owner.empty() || metric == nullptr || !areas_.Moves(*FindMember(owner), *metric, has_sold_))
        continue;
      kpi.owner = owner;
      out_.proposed.push_back(std::move(kpi));
      return;
    }
    const Yaml* owner = data_.requests.Find("owner");
    Add(std::move(kpi), owner == nullptr ? std::vector<std::string>() : owner->Texts(), true);
  }

  /// Metrics that move earlier. No data have tested them yet, so each is a guess; one for each factor, and
  /// for an outcome without an identity those that can be read.
  void ProposeLeads(const Wanted& outcome, const DriverTree& tree) {
    std::map<std::string, int> taken;
    for (const DriverLead& lead : tree.leads) {
      const Metric* metric = catalogue_.Find(lead.metric);
      const double most = tree.identity.empty() ? data_.most_of_outcome : data_.most_leads - 1;
      if (metric == nullptr || metric->role == Role::kDiagnostic || metric->role == Role::kNeverGoal ||
          metric->additivity == Additivity::kUnique || taken[lead.factor] >= most)
        continue;
      ProposedKpi kpi;
      kpi.metric = lead.metric;
      kpi.outcome = outcome.id;
      kpi.guess = true;
      const std::string ahead =
          lead.lag_weeks == 0 ? " at once" : " " + std::to_string(lead.lag_weeks) + " weeks later";
      kpi.why =
          "A guess until data have tested it: " + Readable(lead.factor.empty() ? tree.outcome : lead.factor) +
          " should follow it" + ahead + ".";
      SetPath(kpi, tree, lead.factor,
              lead.factor.empty() || (!tree.identity.empty() && lead.factor == tree.identity[0].metric));
      SetPairs(kpi, tree);
      taken[lead.factor] += Add(std::move(kpi), {}, tree.identity.empty()) ? 1 : 0;
    }
  }

  /// The lightest KPI of those that `concerns` and that may go.
  template <class Concerns>
  bool DropLightest(const Concerns& concerns, const std::string& why) {
    std::size_t lightest = out_.proposed.size();
    for (std::size_t i = 0; i < out_.proposed.size(); ++i) {
      const ProposedKpi& kpi = out_.proposed[i];
      if (kpi.required || !concerns(kpi)) continue;
      if (lightest == out_.proposed.size() || kpi.weight <= out_.proposed[lightest].weight) lightest = i;
    }
    if (lightest == out_.proposed.size()) return false;
    AddGap(out_.proposed[lightest].outcome, out_.proposed[lightest].metric, why);
    out_.proposed.erase(out_.proposed.begin() + static_cast<std::ptrdiff_t>(lightest));
    return true;
  }

  /// The element that holds more than its share of the KPIs that `concerns`; empty when none does.
  template <class Concerns>
  std::string HeavyElement(const Concerns& concerns) const {
    std::map<std::string, int> by_element;
    int all = 0;
    for (const ProposedKpi& kpi : out_.proposed) {
      if (!concerns(kpi)) continue;
      ++by_element[ElementOf(kpi.metric)];
      ++all;
    }
    for (const auto& [element, count] : by_element) {
      if (count > data_.most_share * all) return element;
    }
    return "";
  }

  void WeedOutcome(const std::string& outcome) {
    const auto concerns = [&](const ProposedKpi& kpi) { return kpi.outcome == outcome; };
    while (static_cast<double>(std::count_if(out_.proposed.begin(), out_.proposed.end(), concerns)) >
           data_.most_of_outcome) {
      const std::string heavy = HeavyElement(concerns);
      const auto may_go = [&](const ProposedKpi& kpi) {
        return concerns(kpi) && (heavy.empty() || ElementOf(kpi.metric) == heavy);
      };
      if (!DropLightest(may_go, "left out: more than six KPIs for one result hide each other")) return;
    }
  }

  void WeedOwners() {
    for (const Member& member : out_.team) {
      const auto concerns = [&](const ProposedKpi& kpi) { return kpi.owner == member.id; };
      while (LoadOf(member.id) > data_.most_of_owner) {
        if (!DropLightest(concerns, "left out: more than seven KPIs for one person hide each other")) break;
      }
    }
  }

  /// No element of the mix may hold most of the KPIs; its lightest go, but never an outcome's last.
  void WeedElements() {
    if (!EntriesOf(answers_, "culture").empty() &&
        !EntriesOf(answers_, "culture")[0]->Text("exception").empty())
      return;
    while (out_.proposed.size() >= 4) {
      std::map<std::string, int> by_outcome;
      for (const ProposedKpi& kpi : out_.proposed) ++by_outcome[kpi.outcome];
      const std::string heavy = HeavyElement([](const ProposedKpi&) { return true; });
      const auto concerns = [&](const ProposedKpi& kpi) {
        return ElementOf(kpi.metric) == heavy && by_outcome[kpi.outcome] > 1;
      };
      if (heavy.empty() || !DropLightest(concerns, "left out: " + Readable(heavy) +
                                                       " would outweigh all other elements of the mix"))
        return;
    }
  }

  /// An outcome without a KPI, or a plan with one, cannot be steered: a place is held for whoever can move a
  /// factor.
  void KeepAtLeastTwo() {
    for (auto& [kpi, usually] : unowned_) {
      const auto same = [&kpi = kpi](const ProposedKpi& one) { return one.outcome == kpi.outcome; };
      const bool lacks = std::none_of(out_.proposed.begin(), out_.proposed.end(), same);
      if (!lacks && out_.proposed.size() >= 2) continue;
      const Metric* metric = catalogue_.Find(kpi.metric);
      for (const CompanyFunction& function : data_.functions) {
        const bool wanted = usually.empty() || Contains(usually, function.id) ||
                            data_.FindFunction(usually.front()) == &function;
        Member candidate{"", function.role, function.id, function.influences, true};
        if (!wanted || metric == nullptr || !areas_.Moves(candidate, *metric, has_sold_)) continue;
        kpi.owner = AddStandIn(function).id;
        const std::string name = NameOf(kpi.metric);
        std::erase_if(out_.gaps,
                      [&](const NamedGap& gap) { return gap.outcome == kpi.outcome && gap.what == name; });
        out_.proposed.push_back(std::move(kpi));
        break;
      }
    }
  }

  std::string ElementOf(const std::string& metric) const {
    const Metric* known = catalogue_.Find(metric);
    return known == nullptr ? "" : known->element;
  }

  void NameKpis() {
    std::map<std::string, int> taken;
    for (ProposedKpi& kpi : out_.proposed) {
      const int n = ++taken[kpi.metric];
      kpi.id = "k_" + kpi.metric + (n > 1 ? "_" + std::to_string(n) : "");
    }
  }

  std::vector<std::string> OutcomeIds() const {
    std::vector<std::string> ids;
    for (const Wanted& outcome : out_.outcomes) ids.push_back(outcome.id);
    return ids;
  }

  /// Keep, drop and the person's own.
  void Decide() {
    const std::vector<const Yaml*> said = EntriesOf(answers_, "kpis");
    const auto about = [&](const Yaml& entry, const ProposedKpi& kpi) {
      return entry.Text("metric") == kpi.metric &&
             (entry.Text("outcome").empty() || ResolveId(entry.Text("outcome"), OutcomeIds()) == kpi.outcome);
    };
    std::set<const Yaml*> used;
    for (ProposedKpi& kpi : out_.proposed) {
      bool keeps = true;
      for (const Yaml* entry : said) {
        if (!about(*entry, kpi) || entry->Text("answer") == "own") continue;
        used.insert(entry);
        kpi.said = entry;
        keeps = entry->Text("answer") != "drop";
        const std::string owner = PersonOf(*entry, "owner");
        if (!owner.empty()) kpi.owner = owner;
        if (!keeps) {
          const std::string because = entry->Text("because");
          AddGap(kpi.outcome, kpi.metric, "dropped by choice" + (because.empty() ? "" : ": " + because));
        }
      }
      if (keeps) out_.kpis.push_back(kpi);
    }
    for (const Yaml* entry : said) {
      if (used.count(entry) == 0 && entry->Text("answer") != "drop") AddOwn(*entry);
    }
  }

  void AddOwn(const Yaml& entry) {
    ProposedKpi kpi;
    kpi.metric = entry.Text("metric");
    const std::string outcome = ResolveId(entry.Text("outcome"), OutcomeIds());
    const Metric* metric = catalogue_.Find(kpi.metric);
    if (metric == nullptr || out_.outcomes.empty()) return;
    const auto wanted = std::find_if(out_.outcomes.begin(), out_.outcomes.end(),
                                     [&](const Wanted& one) { return one.id == outcome; });
    const Wanted& target = wanted == out_.outcomes.end() ? out_.outcomes.front() : *wanted;
    kpi.outcome = target.id;
    kpi.own = true;
    kpi.said = &entry;
    kpi.why = "Added by choice.";
    kpi.owner = PersonOf(entry, "owner");
    if (kpi.owner.empty()) kpi.owner = OwnerOf(*metric, {});
    if (kpi.owner.empty()) kpi.owner = target.owner;
    const DriverTree& tree = *FindDriverTree(target.tree);
    SetPath(kpi, tree, tree.identity.empty() ? "" : tree.identity.front().metric, true);
    SetPairs(kpi, tree);
    const auto same = [&](const ProposedKpi& one) { return one.metric == kpi.metric; };
    const auto count = std::count_if(out_.kpis.begin(), out_.kpis.end(), same);
    kpi.id = "k_" + kpi.metric + (count > 0 ? "_" + std::to_string(count + 1) : "");
    out_.kpis.push_back(std::move(kpi));
  }

  struct Ways {
    std::vector<std::string> paid, free;
    bool asked = false;
  };

  Ways ReadChannels() const {
    Ways ways;
    const GuideQuestion* question = questions_.Find("channels");
    if (question == nullptr) return ways;
    const std::vector<std::string> ids = IdsOf(answers_, *question);
    const std::vector<const Yaml*> channels = EntriesOf(answers_, "channels");
    for (std::size_t i = 0; i < channels.size(); ++i) {
      const std::string platform = Slug(channels[i]->Text("platform"));
      (platform.ends_with("ads") ? ways.paid : ways.free).push_back(ids[i]);
      ways.asked = true;
    }
    return ways;
  }

  bool IsDeclined(const std::string& element) const {
    for (const Yaml* entry : EntriesOf(answers_, "elements")) {
      const std::string said = entry->Text(element);
      if (!said.empty() && said != "used") return true;
    }
    return false;
  }

  /// The first thing a tactic can ask for that one in ten of the people does, when that is known.
  std::string Ask(const std::vector<std::string>& rungs) const {
    const std::vector<const Yaml*> segments = EntriesOf(answers_, "segments");
    for (const std::string& rung : rungs) {
      std::optional<double> most;
      for (const Yaml* segment : segments) {
        const Yaml* part = segment->Find(rung);
        const std::optional<double> number = part == nullptr ? std::nullopt : part->Number();
        if (number) most = std::max(most.value_or(0), *number);
      }
      if (!most || *most >= 0.1) return rung;
    }
    return "spectators";
  }

  std::vector<std::string> TargetSegments() const {
    const GuideQuestion* question = questions_.Find("segments");
    std::vector<std::string> targets;
    const std::vector<const Yaml*> segments = EntriesOf(answers_, "segments");
    const std::vector<std::string> ids =
        question == nullptr ? std::vector<std::string>() : IdsOf(answers_, *question);
    for (std::size_t i = 0; i < segments.size() && i < ids.size(); ++i) {
      const Yaml* wanted = segments[i]->Find("is_target");
      if (wanted == nullptr || wanted->Boolean().value_or(true)) targets.push_back(ids[i]);
    }
    return targets.empty() ? std::vector<std::string>{data_.segment.Text("id")} : targets;
  }

  void ProposeTactics() {
    const Ways ways = ReadChannels();
    const bool improves = !EntriesOf(answers_, "improvements").empty();
    for (const TacticPattern& pattern : data_.tactics) {
      if (IsDeclined(pattern.element) || (pattern.only_for == "improvements" && !improves)) continue;
      if (pattern.channels == "paid" && ways.asked && ways.paid.empty()) continue;
      ProposedTactic tactic;
      for (const ProposedKpi& kpi : out_.kpis) {
        if (Contains(pattern.moves, kpi.metric) || Contains(pattern.moves, ElementOf(kpi.metric)))
          tactic.moves.push_back(kpi.id);
      }
      if (tactic.moves.empty() && pattern.only_for.empty()) continue;
      if (tactic.moves.empty() && !out_.kpis.empty()) tactic.moves.push_back(out_.kpis.front().id);
      tactic.id = pattern.id;
      tactic.name = pattern.name;
      tactic.element = pattern.element;
      tactic.stage = pattern.stage;
      tactic.focus = pattern.focus;
      tactic.asks_for = Ask(pattern.asks_for);
      tactic.path = pattern.path;
      tactic.opt_in = pattern.opt_in;
      tactic.channels = pattern.channels == "paid" ? ways.paid : ways.free;
      tactic.segments = TargetSegments();
      tactic.owner = FirstOf(pattern.owner);
      out_.proposed_tactics.push_back(std::move(tactic));
    }
  }

  void DecideTactics() {
    const std::vector<const Yaml*> said = EntriesOf(answers_, "tactics");
    std::set<const Yaml*> used;
    for (ProposedTactic& tactic : out_.proposed_tactics) {
      bool keeps = true;
      for (const Yaml* entry : said) {
        if (entry->Text("name") != tactic.name && entry->Text("name") != tactic.id) continue;
        used.insert(entry);
        tactic.said = entry;
        keeps = entry->Text("answer") != "drop";
        const std::string owner = PersonOf(*entry, "owner");
        if (!owner.empty()) tactic.owner = owner;
      }
      if (keeps) out_.tactics.push_back(tactic);
    }
    for (const Yaml* entry : said) {
      if (used.count(entry) == 0 && entry->Text("answer") != "drop") AddOwnTactic(*entry);
    }
    UseEveryChannel();
  }

  void AddOwnTactic(const Yaml& entry) {
    const Ways ways = ReadChannels();
    const auto leave_out = [&](const std::string& why) {
      if (!out_.outcomes.empty())
        out_.gaps.push_back({out_.outcomes.front().id, "tactic " + Shortened(entry.Text("name")), why});
    };
    ProposedTactic tactic;
    tactic.own = true;
    tactic.said = &entry;
    tactic.name = entry.Text("name");
    if (tactic.name.empty()) return leave_out("left out: it has no name");
    for (const TacticPattern& pattern : data_.tactics) {
      if (pattern.id == tactic.name || pattern.name == tactic.name)
        return leave_out("left out: the plan has no KPI that it moves");
    }
    tactic.id = "t_" + Slug(tactic.name);
    const auto taken = [&](const ProposedTactic& one) { return one.id == tactic.id; };
    while (std::any_of(out_.tactics.begin(), out_.tactics.end(), taken)) tactic.id += "_own";
    tactic.element = entry.Text("element");
    tactic.stage = entry.Text("stage");
    tactic.asks_for = entry.Text("asks_for");
    tactic.focus = entry.Text("focus");
    tactic.owner = PersonOf(entry, "owner");
    if (tactic.owner.empty()) tactic.owner = FirstOf({"social", "marketing"});
    tactic.channels = tactic.element == "advertising" ? ways.paid : ways.free;
    tactic.segments = TargetSegments();
    std::vector<std::string> ids;
    for (const ProposedKpi& kpi : out_.kpis) ids.push_back(kpi.id);
    if (const Yaml* moves = entry.Find("moves")) {
      for (const std::string& written : moves->Texts()) {
        const std::string id = ResolveId(written, ids);
        if (!id.empty()) tactic.moves.push_back(id);
      }
    }
    if (tactic.moves.empty()) return leave_out("left out: it names no KPI of the plan that it moves");
    out_.tactics.push_back(std::move(tactic));
  }

  /// A channel that was named is used by something that moves a KPI.
  void UseEveryChannel() {
    const Ways ways = ReadChannels();
    for (const auto* list : {&ways.free, &ways.paid}) {
      for (const std::string& channel : *list) {
        const auto uses = [&](const ProposedTactic& tactic) { return Contains(tactic.channels, channel); };
        if (std::any_of(out_.tactics.begin(), out_.tactics.end(), uses)) continue;
        const auto working = std::find_if(out_.tactics.begin(), out_.tactics.end(),
                                          [](const ProposedTactic& tactic) { return !tactic.moves.empty(); });
        if (working != out_.tactics.end()) working->channels.push_back(channel);
      }
    }
  }

  void DropUnneededStandIns() {
    std::set<std::string> needed;
    for (const Wanted& outcome : out_.outcomes) needed.insert(outcome.owner);
    for (const ProposedKpi& kpi : out_.kpis) needed.insert(kpi.owner);
    for (const ProposedTactic& tactic : out_.tactics) needed.insert(tactic.owner);
    std::erase_if(out_.team,
                  [&](const Member& member) { return member.stands_in && needed.count(member.id) == 0; });
  }

  const Yaml& answers_;
  const Questions& questions_;
  const Catalogue& catalogue_;
  const Proposals& data_;
  Areas areas_;
  bool has_sold_ = false;
  std::vector<std::pair<ProposedKpi, std::vector<std::string>>> unowned_;
  BackedOut out_;
};

}  // namespace

BackedOut BackOut(const Yaml& answers, const std::vector<std::string>& templates, const Questions& questions,
                  const Catalogue& catalogue) {
  return Backing(answers, templates, questions, catalogue).Run();
}

}  // namespace backcast
