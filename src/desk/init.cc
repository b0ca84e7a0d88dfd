// SPDX-License-Identifier: Apache-2.0
#include "desk/init.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/nearest.h"
#include "base/number.h"
#include "desk/envelope.h"
#include "desk/init_conversation.h"
#include "desk/init_measured.h"
#include "desk/workspace.h"
#include "guide/answers.h"
#include "guide/draft.h"
#include "guide/merge.h"
#include "guide/read_back.h"
#include "plan/driver_trees.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

Result<Done> CheckTemplates(const std::vector<std::string>& templates) {
  std::vector<std::string> known;
  std::string list;
  for (const DriverTree& tree : DriverTreeSet::Shipped().all()) {
    known.push_back(tree.id);
    list += (list.empty() ? "" : ", ") + tree.id;
  }
  for (const std::string& id : templates) {
    if (DriverTreeSet::Shipped().Find(id) != nullptr) continue;
    const std::string hint = DidYouMean(id, known);
    return Error{Code::kUsage, "", "there is no template '" + id.substr(0, 60) + "'",
                 hint.empty() ? "there are " + list : hint};
  }
  return Done{};
}

/// Answers of a file beat those of an earlier conversation.
Yaml Merged(Yaml file, const Yaml& saved) {
  for (const Yaml::Entry& entry : saved.entries) {
    if (file.Find(entry.key) == nullptr) file.entries.push_back(entry);
  }
  return file;
}

/// Where the numbers of all driver trees stand, told apart by the segments that were answered. Nothing in a
/// folder without data.
Result<MeasuredValues> Measure(const InitCommand& command, const Yaml& answers, const GuideData& data,
                               Talk& talk) {
  std::error_code ignored;
  if (!fs::exists(command.folder + "/.backcast", ignored)) return MeasuredValues();
  std::vector<std::string> trees;
  for (const DriverTree& tree : data.trees.all()) trees.push_back(tree.id);
  BACKCAST_TRY(const Draft draft, DraftPlan(answers, trees, data, "brand"));
  return MeasureToday(command.folder, draft.yaml, talk);
}

/// The plan from which this goes on.
struct Before {
  Yaml plan;            ///< as written
  Yaml answers;         ///< that it holds
  DriverTreeSet trees;  ///< its own among them
};

Result<Before> ReadBefore(const std::string& path, const std::string& name, const Catalogue& catalogue,
                          Day today, Talk& talk) {
  BACKCAST_TRY(const std::string text, ReadTextFile(path, 16 << 20));
  BACKCAST_TRY(PlanReading reading, ReadPlan(text, path, catalogue));
  const GuideData data{Questions::Shipped(), catalogue, reading.plan.driver_trees, today};
  BACKCAST_TRY(ReadBack read, AnswersOfPlan(reading.plan.root, text, path, data));
  for (const std::string& kept : read.kept) talk.Say("kept as it is: " + kept);
  return Before{std::move(reading.plan.root), WithoutAssumed(std::move(read.answers), text, data, name),
                reading.plan.driver_trees};
}

/// The plan to go on from: the one that was named, or the one that is there when the person wants it.
Result<std::string> PlanBefore(const InitCommand& command, Asker* asker) {
  std::error_code ignored;
  if (command.from.empty() && fs::exists(InitStatePath(command.folder), ignored)) {
    // A conversation that had begun with a plan goes on with it.
    BACKCAST_TRY(const std::string saved, ReadTextFile(InitStatePath(command.folder)));
    BACKCAST_TRY(const Yaml state, ParseYaml(saved, InitStatePath(command.folder)));
    const std::string from = state.Text("from");
    if (!from.empty() && fs::exists(from, ignored)) return from;
  }
  if (!command.from.empty() || command.no_input || asker == nullptr || !command.answers.empty())
    return command.from;
  const std::string path = command.folder + "/plan.yaml";
  if (!fs::exists(path, ignored)) return std::string();
  BACKCAST_TRY(
      const bool goes_on,
      AskYesNo(*asker, "There is a plan already. Go on from it?",
               "Its values become the defaults; it stays as it is, the new plan is written beside it.",
               true));
  return goes_on ? path : std::string();
}

Result<Yaml> Gather(const InitCommand& command, Interview& interview, Asker* asker, const GuideData& data,
                    const std::optional<Before>& before, MeasuredValues& measured, Talk& talk) {
  interview.Next();  // plays what was restored
  if (!command.answers.empty()) {
    BACKCAST_TRY(const std::string text, ReadTextFile(command.answers, 16 << 20));
    BACKCAST_TRY(Yaml answers, ReadAnswers(text, command.answers, data, command.templates));
    answers = Merged(std::move(answers), before ? before->answers : interview.answers());
    BACKCAST_TRY(measured, Measure(command, answers, data, talk));
    return answers;
  }
  BACKCAST_TRY(measured, Measure(command, before ? before->answers : interview.answers(), data, talk));
  if (command.no_input || (before && asker == nullptr)) return before ? before->answers : interview.answers();
  if (asker == nullptr) {
    return Error{Code::kUsage, "", "init asks questions, and standard input is no terminal",
                 "give --template ID --no-input, or --answers FILE (backcast init --questions prints one "
                 "to fill in)"};
  }
  BACKCAST_CHECK(HoldConversation(interview, *asker, command.folder, data));
  interview.Next();
  return interview.answers();
}

struct Written {
  std::string path;
  bool was_there = false;  ///< there was a plan already
};

/// Never over a plan: beside it, under a name that is free or holds the same.
Result<Written> WritePlan(const std::string& folder, const std::string& yaml) {
  Written written;
  for (int n = 0;; ++n) {
    const std::string name = n == 0   ? "plan.yaml"
                             : n == 1 ? "plan.proposed.yaml"
                                      : "plan.proposed-" + std::to_string(n) + ".yaml";
    written.path = folder + "/" + name;
    std::error_code ignored;
    if (!fs::exists(written.path, ignored)) break;
    written.was_there = true;
    const Result<std::string> there = ReadTextFile(written.path);
    if (there.ok() && there.value() == yaml) return written;
  }
  BACKCAST_CHECK(WriteWhole(written.path, yaml));
  return written;
}

std::string List(const std::string& title, const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string out = title + "\n";
  for (const std::string& line : lines) out += "  - " + Printable(line) + "\n";
  return out;
}

struct Count {
  std::int64_t errors = 0, warnings = 0, advice = 0;
};

Count CountOf(const std::vector<Finding>& findings) {
  Count count;
  for (const Finding& finding : findings) {
    (finding.severity == Severity::kError    ? count.errors
     : finding.severity == Severity::kAdvice ? count.advice
                                             : count.warnings) += 1;
  }
  return count;
}

std::string ToText(const InitCommand& command, const Written& written, const Draft& draft,
                   const std::vector<Finding>& findings) {
  const Count count = CountOf(findings);
  std::string out = "The plan lies in " + written.path +
                    (written.was_there ? " (there was a plan already; it was left as it is)" : "") + "\n";
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError)
      out += written.path + ":" + std::to_string(finding.place.line) + ":" +
             std::to_string(finding.place.column) + ": error " + finding.rule + ": " + finding.message +
             "\n    " + finding.fix + "\n";
  }
  out += "The doctor finds " + Counted(count.errors, "error") + ", " + Counted(count.warnings, "warning") +
         ", " + std::to_string(count.advice) + " advice.\n\n";
  out += List("Assumed, because nobody said it (\"# assumed:\" in the plan):", draft.assumed);
  out += List("Not measured or not in anybody's hand (\"# gap:\"):", draft.gaps);
  if (!draft.open.empty()) {
    out += Counted(static_cast<std::int64_t>(draft.open.size()), "question") +
           " still open (\"# answer:\" in the plan), the first of them:\n";
    for (std::size_t i = 0; i < draft.open.size() && i < 5; ++i)
      out += "  - " + Printable(draft.open[i].ask) + " (" + draft.open[i].id + ")\n";
  }
  return out + "\nnext: backcast check -w " + command.folder + "\n";
}

std::string ToJsonText(const InitCommand& command, const Written& written, const Draft& draft,
                       const std::vector<Finding>& findings) {
  const Count count = CountOf(findings);
  Json open = Json::array();
  for (const OpenQuestion& question : draft.open)
    open.push_back({{"id", question.id}, {"block", question.block}, {"ask", question.ask}});
  Json answer = Envelope(
      "init", command.folder,
      {{"plan", written.path},
       {"questions_open", open},
       {"assumed", draft.assumed},
       {"gaps", draft.gaps},
       {"findings", {{"errors", count.errors}, {"warnings", count.warnings}, {"advice", count.advice}}}});
  for (const Finding& finding : findings) answer["findings"].push_back(ToJson(finding));
  return Dump(answer);
}

}  // namespace

Result<Answer> Init(const InitCommand& command, Asker* asker, Day today, Talk& talk) {
  BACKCAST_CHECK(CheckTemplates(command.templates));
  if (command.questions) return Answer{AnswersTemplate(Questions::Shipped(), command.templates), false};
  if (command.folder.empty())
    return Error{Code::kUsage, "", "init needs DIR, the folder of the brand",
                 "for example: backcast init my-brand"};
  BACKCAST_TRY(const Schemas schemas, Schemas::Shipped());
  BACKCAST_TRY(const Catalogue catalogue, Catalogue::Shipped(schemas));
  std::error_code ignored;
  const std::string folder_name = fs::weakly_canonical(command.folder, ignored).filename().string();
  const std::string name = folder_name.empty() ? "brand" : folder_name;
  std::optional<Before> before;
  BACKCAST_TRY(const std::string from, PlanBefore(command, asker));
  if (!from.empty()) {
    BACKCAST_TRY(before, ReadBefore(from, name, catalogue, today, talk));
  }
  MeasuredValues measured;
  const GuideData data{Questions::Shipped(), catalogue, before ? before->trees : DriverTreeSet::Shipped(),
                       today, &measured};
  Interview interview(data, command.templates);
  if (before) interview.GoOnFrom(before->answers, from);
  if (fs::exists(InitStatePath(command.folder), ignored)) {
    BACKCAST_TRY(const std::string saved, ReadTextFile(InitStatePath(command.folder)));
    BACKCAST_TRY(const Yaml state, ParseYaml(saved, InitStatePath(command.folder)));
    // What was said without this plan is in the plan that came of it.
    if (state.Text("from") == from) BACKCAST_CHECK(interview.Restore(saved, InitStatePath(command.folder)));
  }
  BACKCAST_TRY(const Yaml answers, Gather(command, interview, asker, data, before, measured, talk));
  BACKCAST_TRY(Draft draft, DraftPlan(answers, interview.templates(), data, name));
  if (before) {
    BACKCAST_TRY(const Draft base, DraftPlan(before->answers, {}, data, name));
    draft.root = MergePlan(base.root, before->plan, draft.root);
    draft.yaml = WriteYaml(draft.root);
  }
  BACKCAST_CHECK(MakeInitFolder(command.folder + "/exports"));
  BACKCAST_TRY(const Written written, WritePlan(command.folder, draft.yaml));
  if (written.was_there) talk.Say("there is a plan already; the proposal lies in " + written.path);
  if (before && asker != nullptr && !command.no_input) fs::remove(InitStatePath(command.folder), ignored);
  const std::string file = fs::path(written.path).filename().string();
  BACKCAST_TRY(const std::vector<Finding> findings, FindingsOf(draft.yaml, file, data));
  Answer answer;
  answer.findings = CountOf(findings).errors > 0;
  answer.out = command.format == Format::kJson ? ToJsonText(command, written, draft, findings)
                                               : ToText(command, written, draft, findings);
  return answer;
}

}  // namespace backcast
