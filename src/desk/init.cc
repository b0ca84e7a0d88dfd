// SPDX-License-Identifier: Apache-2.0
#include "desk/init.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/nearest.h"
#include "base/number.h"
#include "desk/envelope.h"
#include "desk/init_measured.h"
#include "desk/workspace.h"
#include "guide/answers.h"
#include "guide/draft.h"
#include "plan/driver_trees.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

std::string StatePath(const std::string& folder) { return folder + "/.backcast/init.yaml"; }

/// What a person wrote may hold signs that a terminal would obey.
std::string Printable(std::string text) {
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return text;
}

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

Result<Done> MakeFolder(const std::string& folder) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault || !fs::is_directory(folder))
    return Error{Code::kUnavailable, folder,
                 "the folder cannot be made" + (fault ? " (" + fault.message() + ")" : ""),
                 "give another DIR"};
  return Done{};
}

/// Both layers of the doctor over a drafted plan.
Result<std::vector<Finding>> FindingsOf(const Draft& draft, const std::string& file,
                                        const Catalogue& catalogue, Day today) {
  BACKCAST_TRY(const PlanReading reading, ReadPlan(draft.yaml, file, catalogue));
  std::vector<Finding> findings = reading.findings;
  const std::vector<Finding> chain = ExamineChain(reading.plan, catalogue, today);
  findings.insert(findings.end(), chain.begin(), chain.end());
  return findings;
}

/// The conversation; every answer is on disk before the next question is shown.
class Conversation {
 public:
  Conversation(Interview& interview, Asker& asker, std::string folder, const GuideData& data)
      : interview_(interview), asker_(asker), folder_(std::move(folder)), data_(data) {}

  Result<Done> Hold() {
    BACKCAST_CHECK(MakeFolder(folder_ + "/.backcast"));
    Greet();
    while (const std::optional<Prompt> prompt = interview_.Next()) {
      asker_.Show(*prompt);
      BACKCAST_TRY(const std::optional<std::string> line, asker_.ReadLine());
      if (!line) return Stopped();
      if (Take(*prompt, *line)) BACKCAST_CHECK(WriteWhole(StatePath(folder_), interview_.Save()));
    }
    return Done{};
  }

 private:
  void Greet() {
    interview_.Next();  // plays what was restored
    const auto said = interview_.Said();
    for (const auto& [at, text] : said) asker_.Tell("  " + at + ": " + Printable(text));
    asker_.Tell(said.empty()
                    ? "Answer what you know. ? explains, - skips, next skips the block, back goes back; "
                      "every answer is kept."
                    : "Above is what was answered so far; it goes on from there (? explains, - skips, back "
                      "goes back).");
  }

  Error Stopped() const {
    return {Code::kInterrupted, "", "stopped; what was answered is kept",
            "backcast init " + folder_ + " goes on from there"};
  }

  /// True when something changed.
  bool Take(const Prompt& prompt, const std::string& line) {
    if (line == "?") {
      asker_.Tell("  Wanted: " + prompt.kind +
                  (prompt.example.empty() ? "" : ", for example " + prompt.example));
      asker_.Tell("  Return takes what stands in brackets; - " +
                  std::string(prompt.ends ? "goes on to the next block" : "skips the question") +
                  "; next skips the rest of the block; back opens the last question again; Ctrl-C stops and "
                  "keeps all.");
      return false;
    }
    if (line == "back") {
      if (interview_.Back()) return true;
      asker_.Tell("  This is the first question.");
      return false;
    }
    if (line == "next") {
      const std::string block = prompt.at.substr(0, prompt.at.find('.') + 1);
      while (interview_.Next() && interview_.Next()->at.starts_with(block)) interview_.Skip();
      return true;
    }
    if (line == "-" || (line.empty() && prompt.standard.empty())) {
      interview_.Skip();
      return true;
    }
    const Result<Done> taken = interview_.Answer(line);
    if (!taken.ok()) asker_.Tell("  " + ToSentence(taken.error()));
    if (taken.ok()) TellErrors();
    return taken.ok();
  }

  /// What the doctor calls an error since the last answer, such as a target that no driver reaches, is said
  /// at once.
  void TellErrors() {
    std::set<std::string> errors;
    const auto draft = DraftPlan(interview_.answers(), interview_.templates(), data_, "brand");
    if (!draft.ok()) return;
    const auto findings = FindingsOf(draft.value(), "plan.yaml", data_.catalogue, data_.today);
    if (!findings.ok()) return;
    for (const Finding& finding : findings.value()) {
      if (finding.severity != Severity::kError || !errors.insert(finding.message).second) continue;
      if (errors_.count(finding.message) == 0)
        asker_.Tell("  " + finding.message + " " + finding.fix + " (back corrects it)");
    }
    errors_ = std::move(errors);
  }

  Interview& interview_;
  Asker& asker_;
  std::string folder_;
  GuideData data_;
  std::set<std::string> errors_;
};

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

Result<Yaml> Gather(const InitCommand& command, Interview& interview, Asker* asker, const GuideData& data,
                    MeasuredValues& measured, Talk& talk) {
  interview.Next();  // plays what was restored
  if (!command.answers.empty()) {
    BACKCAST_TRY(const std::string text, ReadTextFile(command.answers, 16 << 20));
    BACKCAST_TRY(Yaml answers, ReadAnswers(text, command.answers, data, command.templates));
    answers = Merged(std::move(answers), interview.answers());
    BACKCAST_TRY(measured, Measure(command, answers, data, talk));
    return answers;
  }
  BACKCAST_TRY(measured, Measure(command, interview.answers(), data, talk));
  if (!command.no_input) {
    if (asker == nullptr) {
      return Error{Code::kUsage, "", "init asks questions, and standard input is no terminal",
                   "give --template ID --no-input, or --answers FILE (backcast init --questions prints one "
                   "to fill in)"};
    }
    BACKCAST_CHECK(Conversation(interview, *asker, command.folder, data).Hold());
  }
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
  MeasuredValues measured;
  const GuideData data{Questions::Shipped(), catalogue, DriverTreeSet::Shipped(), today, &measured};
  Interview interview(data, command.templates);
  std::error_code ignored;
  if (fs::exists(StatePath(command.folder), ignored)) {
    BACKCAST_TRY(const std::string saved, ReadTextFile(StatePath(command.folder)));
    BACKCAST_CHECK(interview.Restore(saved, StatePath(command.folder)));
  }
  BACKCAST_TRY(const Yaml answers, Gather(command, interview, asker, data, measured, talk));
  const std::string name = fs::weakly_canonical(command.folder, ignored).filename().string();
  BACKCAST_TRY(const Draft draft,
               DraftPlan(answers, interview.templates(), data, name.empty() ? "brand" : name));
  BACKCAST_CHECK(MakeFolder(command.folder + "/exports"));
  BACKCAST_TRY(const Written written, WritePlan(command.folder, draft.yaml));
  if (written.was_there) talk.Say("there is a plan already; the proposal lies in " + written.path);
  const std::string file = fs::path(written.path).filename().string();
  BACKCAST_TRY(const std::vector<Finding> findings, FindingsOf(draft, file, catalogue, today));
  Answer answer;
  answer.findings = CountOf(findings).errors > 0;
  answer.out = command.format == Format::kJson ? ToJsonText(command, written, draft, findings)
                                               : ToText(command, written, draft, findings);
  return answer;
}

}  // namespace backcast
