// SPDX-License-Identifier: Apache-2.0
#include "desk/init_conversation.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "desk/workspace.h"

namespace backcast {
namespace {

/// The conversation; every answer is on disk before the next question is shown.
class Conversation {
 public:
  Conversation(Interview& interview, Asker& asker, std::string folder, const GuideData& data)
      : interview_(interview), asker_(asker), folder_(std::move(folder)), data_(data) {}

  Result<Done> Hold() {
    BACKCAST_CHECK(MakeInitFolder(folder_ + "/.backcast"));
    Greet();
    while (const std::optional<Prompt> prompt = interview_.Next()) {
      asker_.Show(*prompt);
      BACKCAST_TRY(const std::optional<std::string> line, asker_.ReadLine());
      if (!line) return Stopped();
      if (Take(*prompt, *line)) BACKCAST_CHECK(WriteWhole(InitStatePath(folder_), interview_.Save()));
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
      while (interview_.Next() && interview_.Next()->at.starts_with(block)) interview_.Keep();
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
    const auto findings = FindingsOf(draft.value().yaml, "plan.yaml", data_);
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

}  // namespace

std::string InitStatePath(const std::string& folder) { return folder + "/.backcast/init.yaml"; }

std::string Printable(std::string text) {
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return text;
}

Result<Done> MakeInitFolder(const std::string& folder) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault || !std::filesystem::is_directory(folder))
    return Error{Code::kUnavailable, folder,
                 "the folder cannot be made" + (fault ? " (" + fault.message() + ")" : ""),
                 "give another DIR"};
  return Done{};
}

Result<std::vector<Finding>> FindingsOf(const std::string& plan, const std::string& file,
                                        const GuideData& data) {
  BACKCAST_TRY(const PlanReading reading, ReadPlan(plan, file, data.catalogue));
  std::vector<Finding> findings = reading.findings;
  const std::vector<Finding> chain = ExamineChain(reading.plan, data.catalogue, data.today);
  findings.insert(findings.end(), chain.begin(), chain.end());
  return findings;
}

Result<Done> HoldConversation(Interview& interview, Asker& asker, const std::string& folder,
                              const GuideData& data) {
  return Conversation(interview, asker, folder, data).Hold();
}

Result<bool> AskYesNo(Asker& asker, const std::string& ask, const std::string& why, bool standard) {
  Prompt prompt;
  prompt.ask = ask;
  prompt.why = why;
  prompt.kind = "yes or no";
  prompt.standard = standard ? "yes" : "no";
  for (;;) {
    asker.Show(prompt);
    BACKCAST_TRY(const std::optional<std::string> line, asker.ReadLine());
    if (!line) return Error{Code::kInterrupted, "", "stopped before the first question", ""};
    if (line->empty()) return standard;
    if (*line == "yes" || *line == "y") return true;
    if (*line == "no" || *line == "n") return false;
    asker.Tell("  Wanted: yes or no");
  }
}

}  // namespace backcast
