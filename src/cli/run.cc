// SPDX-License-Identifier: Apache-2.0
#include "cli/run.h"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <sstream>

#include "base/nearest.h"
#include "cli/call.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/prompts.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "desk/accept.h"
#include "desk/check.h"
#include "desk/decisions.h"
#include "desk/demo.h"
#include "desk/ingest.h"
#include "desk/init.h"
#include "desk/json_error.h"
#include "desk/metrics.h"
#include "desk/plan_diff.h"
#include "desk/plan_ledger.h"
#include "desk/schemas.h"
#include "desk/status.h"

namespace backcast {
namespace {

constexpr std::string_view kVersion = "backcast 0.1.0\n";

int ExitCode(Code code) {
  switch (code) {
    case Code::kUsage:
      return 2;
    case Code::kInput:
      return 3;
    case Code::kUnavailable:
      return 4;
    case Code::kInternal:
      return 5;
    case Code::kTooLittle:
      return 6;
    case Code::kInterrupted:
      return 130;
  }
  return 5;
}

std::string MemoryUsed() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return "done; at most " + std::to_string(used.ru_maxrss / 1024) + " MiB of memory";
}

Result<Format> FormatOf(const Words& words) {
  if (words.Has("--json")) return Format::kJson;
  const std::string name = words.Get("--format", "text");
  if (name == "text") return Format::kText;
  if (name == "json") return Format::kJson;
  if (name == "csv") return Format::kCsv;
  if (name == "md") return Format::kMarkdown;
  return Error{Code::kUsage, "", "there is no format '" + name + "'", "text, json, csv or md"};
}

Result<Answer> RunIngest(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  IngestCommand options;
  options.paths = call.words.arguments;
  if (options.paths.empty()) {
    options.paths = {workspace.PathOf("exports")};
    // The rates are no export, and a folder that has them wants them read.
    std::error_code ignored;
    if (const std::string rates = workspace.PathOf("rates.csv"); std::filesystem::exists(rates, ignored))
      options.paths.push_back(rates);
  }
  options.source = call.words.Get("--source");
  options.account = call.words.Get("--account");
  options.currency = call.words.Get("--currency");
  options.observed = call.words.Get("--observed");
  BACKCAST_TRY(const std::optional<long> year, call.words.Number("--year", 1970));
  if (year) options.year = static_cast<int>(*year);
  if (call.words.Has("--period")) {
    BACKCAST_TRY(const Window period, ParsePeriod(call.words.Get("--period"), Today()));
    options.from = ToIso(period.from);
    options.to = ToIso(period.to - std::chrono::days{1});
  }
  options.dry_run = call.words.Has("--dry-run");
  options.strict = call.words.Has("--strict");
  options.rejects = call.words.Get("--rejects");
  options.format = call.format;
  return Ingest(workspace, options, call.talk);
}

/// check --accept, --withdraw, --accepted; `format` is check's own.
Result<Answer> RunAccept(const Call& call, Workspace& workspace, const std::string& format) {
  const Words& words = call.words;
  if (words.Has("--accept") + words.Has("--withdraw") + words.Has("--accepted") > 1) {
    return Error{Code::kUsage, "", "--accept, --withdraw and --accepted are three questions",
                 "ask one of them"};
  }
  if (format != "text" && format != "json") {
    return Error{Code::kUsage, "", "accepted findings have no format '" + format + "'", "text or json"};
  }
  AcceptCommand command;
  command.withdraw = words.Has("--withdraw");
  command.rule = words.Get(command.withdraw ? "--withdraw" : "--accept");
  command.because = words.Get("--because");
  if (words.Has("--node")) command.node = words.Get("--node");
  command.by = words.Get("--by");
  command.until = words.Get("--until");
  command.format = format == "json" ? Format::kJson : Format::kText;
  if (!words.Has("--accepted") && command.rule.empty())
    return Error{Code::kUsage, "", "the rule has no name", "for example --accept P09"};
  return AcceptFindings(workspace, command, Today(), call.talk);
}

Result<Answer> RunCheck(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  const std::string format = call.words.Has("--json") ? "json" : call.words.Get("--format", "text");
  if (call.words.Has("--accept") || call.words.Has("--withdraw") || call.words.Has("--accepted"))
    return RunAccept(call, workspace, format);
  for (const char* option : {"--because", "--node", "--by", "--until"}) {
    if (!call.words.Has(option)) continue;
    return Error{Code::kUsage, "", std::string(option) + " belongs to --accept or --withdraw",
                 "for example: check --accept P09 --because \"…\""};
  }
  CheckOptions options;
  options.layer = call.words.Get("--layer");
  options.fail_on = call.words.Get("--fail-on", "error");
  options.format = format;
  return Check(workspace, options, Today(), call.talk);
}

Result<Answer> RunPlanDiff(const Call& call) {
  BACKCAST_TRY(const Workspace workspace, Workspace::Open(call.settings));
  const std::vector<std::string>& sides = call.words.arguments;
  return DiffPlans(workspace,
                   {sides[0], sides.size() > 1 ? sides[1] : "", call.words.Get("--period"), call.format},
                   Today(), call.talk);
}

Result<Answer> RunDecide(const Call& call) {
  BACKCAST_TRY(const Workspace workspace, Workspace::Open(call.settings));
  return Decide(workspace,
                {call.words.arguments[0], call.words.Get("--seen"), call.words.Get("--decided"),
                 call.words.Get("--by"), call.format},
                Today());
}

Result<Answer> RunInit(const Call& call) {
  InitCommand options;
  if (!call.words.arguments.empty()) options.folder = call.words.arguments[0];
  options.templates = call.words.List("--template");
  options.answers = call.words.Get("--answers");
  options.from = call.words.Get("--from");
  options.no_input = call.words.Has("--no-input");
  options.questions = call.words.Has("--questions");
  options.format = call.format;
  const std::unique_ptr<Asker> person = PromptsOnTerminal(call.talk, call.words.Has("--no-color"));
  return Init(options, person.get(), Today(), call.talk);
}

Result<Answer> RunDemo(const Call& call) {
  DemoCommand options;
  options.folder = call.words.arguments[0];
  options.kind = call.words.Get("--kind", "b2c");
  BACKCAST_TRY(const std::optional<long> seed, call.words.Number("--seed", 0));
  BACKCAST_TRY(const std::optional<long> days, call.words.Number("--days", 1));
  if (seed) options.seed = static_cast<std::uint64_t>(*seed);
  if (days) options.days = static_cast<int>(*days);
  options.scale = call.words.Get("--scale");
  return MakeDemo(options, call.format);
}

Result<Answer> RunMetricsList(const Call& call) {
  BACKCAST_TRY(const Workspace workspace, Workspace::Open(call.settings));
  return ListMetrics(workspace,
                     {call.words.Get("--search"), call.words.Get("--level"), call.words.Get("--element")},
                     call.format);
}

Result<Answer> RunVacuum(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const std::optional<long> keep, call.words.Number("--keep", 0));
  return VacuumLake(workspace, static_cast<int>(keep.value_or(400)), call.talk);
}

Result<Answer> RunHelp(const Call& call) {
  if (call.words.arguments.empty()) return Answer{HelpForAll(), false};
  std::string wanted;
  for (const std::string& word : call.words.arguments) wanted += (wanted.empty() ? "" : " ") + word;
  std::string out;
  std::vector<std::string> known;
  for (const CommandSpec& command : Commands()) {
    known.emplace_back(command.name);
    if (command.name == wanted || command.name.starts_with(wanted + " "))
      out += (out.empty() ? "" : "\n") + HelpFor(command);
  }
  if (!out.empty()) return Answer{out, false};
  return Error{Code::kUsage, "", "there is no command '" + wanted + "'", DidYouMean(wanted, known)};
}

const CommandFunctions& Functions() {
  static const CommandFunctions functions = [] {
    CommandFunctions all = {
        {"demo", RunDemo},
        {"ingest", RunIngest},
        {"check", RunCheck},
        {"plan log", WithWorkspace([](Workspace& w, const Call& c) { return PlanLog(w, c.format, c.talk); })},
        {"plan diff", RunPlanDiff},
        {"decide", RunDecide},
        {"decisions", WithWorkspace([](Workspace& w, const Call& c) { return ListDecisions(w, c.format); })},
        {"init", RunInit},
        {"sources list", WithWorkspace([](Workspace& w, const Call& c) { return ListSources(w, c.format); })},
        {"sources show", WithWorkspace([](Workspace& w, const Call& c) {
           return ShowSource(w, c.words.arguments[0], c.format);
         })},
        {"sources detect", WithWorkspace([](Workspace& w, const Call& c) {
           return DescribeFile(w, c.words.arguments[0], c.format);
         })},
        {"metrics list", RunMetricsList},
        {"metrics show", WithWorkspace([](Workspace& w, const Call& c) {
           return ShowMetric(w, c.words.arguments[0], c.format);
         })},
        {"status", WithWorkspace([](Workspace& w, const Call& c) { return Status(w, c.format, c.talk); })},
        {"lake compact", WithWorkspace([](Workspace& w, const Call& c) { return CompactLake(w, c.talk); })},
        {"lake vacuum", RunVacuum},
        {"schema list", [](const Call& c) { return ListSchemas(c.format); }},
        {"schema describe", [](const Call& c) { return DescribeSchema(c.words.arguments[0], c.format); }},
        {"config show", [](const Call& c) { return ShowSettings(c.words, c.words.Has("--origin")); }},
        {"completion",
         [](const Call& c) -> Result<Answer> {
           BACKCAST_TRY(const std::string script, CompletionFor(c.words.arguments[0]));
           return Answer{script, false};
         }},
        {"help", RunHelp},
    };
    AddCardCommands(all);
    AddJourneyCommands(all);
    AddVoiceCommands(all);
    return all;
  }();
  return functions;
}

int Fail(const Error& error, bool json) {
  if (json) {
    std::fputs(JsonError(error).c_str(), stdout);
  } else {
    std::fprintf(stderr, "backcast: %s\n", ToSentence(error).c_str());
  }
  return ExitCode(error.code);
}

Result<Answer> Dispatch(const Words& words, Terminal& talk) {
  BACKCAST_TRY(const Settings settings, SettingsOf(words));
  const std::string_view name = words.command->name;
  // check reads its own format, sarif among them.
  const Result<Format> format = name == "check" ? Result<Format>(Format::kText) : FormatOf(words);
  if (!format.ok()) return format.error();
  if (words.Has("--verbose")) {
    BACKCAST_TRY(const Answer shown, ShowSettings(words, true));
    std::istringstream lines(shown.out);
    for (std::string line; std::getline(lines, line);) talk.Say(line);
  }
  const Call call{words, settings, format.value(), StyleOfStdout(words.Has("--no-color")), talk};
  return Functions().at(name)(call);
}

int Run(const std::vector<std::string>& arguments) {
  const bool json_wished = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
  const Result<Words> parsed = ParseWords(arguments);
  if (!parsed.ok()) return Fail(parsed.error(), json_wished);
  const Words& words = parsed.value();
  if (words.Has("--version"))
    return std::fwrite(kVersion.data(), 1, kVersion.size(), stdout) < kVersion.size() ? 4 : 0;
  if (words.command == nullptr || words.Has("--help")) {
    std::fputs(words.command == nullptr ? HelpForAll().c_str() : HelpFor(*words.command).c_str(), stdout);
    return words.command == nullptr && !words.Has("--help") ? 2 : 0;
  }
  Terminal talk(words.Has("--quiet"), words.Has("--verbose"));
  const Result<Answer> answer = Dispatch(words, talk);
  talk.Watch(nullptr);
  if (words.Has("--verbose")) talk.Say(MemoryUsed());
  const bool json = words.Has("--json") || words.Get("--format") == "json";
  if (!answer.ok())
    return Fail(talk.stopped() ? Error{Code::kInterrupted, "", "interrupted", "nothing is half-written"}
                               : answer.error(),
                json);
  const std::string& out = answer.value().out;
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
    std::fputs("backcast: the answer could not be written to stdout\n", stderr);
    return 4;
  }
  if (answer.value().too_little) return ExitCode(Code::kTooLittle);
  return answer.value().findings ? 1 : 0;
}

}  // namespace

int RunCommand(const std::vector<std::string>& arguments) {
  try {
    return Run(arguments);
  } catch (const std::exception& fault) {
    std::fprintf(stderr,
                 "backcast: this is a bug in Backcast (%s); please report it with the command you gave\n",
                 fault.what());
    return 5;
  }
}

}  // namespace backcast
