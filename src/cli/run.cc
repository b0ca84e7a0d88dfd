// SPDX-License-Identifier: Apache-2.0
#include "cli/run.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <sstream>

#include "base/nearest.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/prompts.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "desk/accept.h"
#include "desk/attribute.h"
#include "desk/bots.h"
#include "desk/chain.h"
#include "desk/channels.h"
#include "desk/check.h"
#include "desk/claims.h"
#include "desk/cost.h"
#include "desk/decisions.h"
#include "desk/demo.h"
#include "desk/explain.h"
#include "desk/hold_out.h"
#include "desk/ingest.h"
#include "desk/init.h"
#include "desk/journey.h"
#include "desk/json_error.h"
#include "desk/lifetime.h"
#include "desk/metrics.h"
#include "desk/plan_diff.h"
#include "desk/plan_ledger.h"
#include "desk/sales_goal.h"
#include "desk/schemas.h"
#include "desk/score.h"
#include "desk/status.h"
#include "desk/utm.h"

namespace backcast {
namespace {

constexpr std::string_view kVersion = "backcast 0.1.0\n";

Day Today() {
  // SOURCE_DATE_EPOCH makes a run repeatable, as reproducible builds use it.
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH"))
    return Day{std::chrono::days{std::atoll(fixed) / 86400}};
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

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

/// Everything a command's function gets.
struct Call {
  const Words& words;
  const Settings& settings;
  Format format;
  TextStyle style;
  Terminal& talk;
};

Result<ScoreOptions> CardOptionsOf(const Call& call) {
  ScoreOptions options;
  options.period = call.words.Get("--period");
  options.compare = call.words.Get("--compare", "previous");
  options.by = call.words.List("--by");
  options.metrics = call.words.List("--metric");
  options.as_of = call.words.Get("--as-of");
  options.currency = call.words.Get("--currency");
  options.sql = call.words.Has("--sql");
  options.rows = call.words.Get("--rows");
  options.format = call.format;
  options.style = call.style;
  const auto where = call.words.options.find("--where");
  if (where == call.words.options.end()) return options;
  for (const std::string& text : where->second) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return Error{Code::kUsage, "", "--where needs DIM=VALUE, not '" + text + "'",
                   "for example --where platform=instagram,facebook"};
    }
    Filter filter{text.substr(0, equals), {}};
    for (std::size_t from = equals + 1; from <= text.size();) {
      const std::size_t comma = std::min(text.find(',', from), text.size());
      if (comma > from) filter.values.push_back(text.substr(from, comma - from));
      from = comma + 1;
    }
    options.filters.push_back(std::move(filter));
  }
  return options;
}

Result<Answer> RunScore(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions options, CardOptionsOf(call));
  return Score(workspace, options, Today(), call.talk);
}

Result<Answer> RunReport(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions options, CardOptionsOf(call));
  std::vector<std::string> paths = call.words.List("--output");
  if (paths.empty()) paths = {"report.html"};
  return Report(workspace, options, paths, Today(), call.talk);
}

/// A number as text, or an error that names the option.
Result<double> NumberOf(const std::string& option, const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0' && std::isfinite(number)) return number;
  return Error{Code::kUsage, "", option + " needs a number, not '" + text + "'",
               "for example " + option + " 80000"};
}

Result<Answer> RunAttribute(const Call& call) {
  const Words& words = call.words;
  AttributeCommand command;
  BACKCAST_TRY(command.card, CardOptionsOf(call));
  command.paths = words.Get("--paths");
  command.outcome = words.Get("--outcome");
  command.by = words.Get("--by", "channel_group");
  command.models = words.List("--model");
  BACKCAST_TRY(const std::optional<long> order, words.Number("--order", 1));
  BACKCAST_TRY(const std::optional<long> resamples, words.Number("--resamples", 0));
  BACKCAST_TRY(const std::optional<long> channels, words.Number("--most-channels", 2));
  BACKCAST_TRY(const std::optional<long> window, words.Number("--window", 1));
  BACKCAST_TRY(const std::optional<long> touches, words.Number("--most-touches", 0));
  command.order = static_cast<int>(order.value_or(1));
  command.resamples = static_cast<int>(resamples.value_or(400));
  command.most_channels = static_cast<int>(channels.value_or(8));
  if (window) command.window_days = static_cast<int>(*window);
  if (touches) command.most_touches = static_cast<int>(*touches);
  if (words.Has("--half-life")) {
    BACKCAST_TRY(command.half_life_days, NumberOf("--half-life", words.Get("--half-life")));
  }
  command.collapse = words.Has("--collapse");
  command.drop_direct = words.Has("--drop-direct");
  command.threads = call.settings.threads;
  command.memory = call.settings.memory;
  if (!command.paths.empty()) return AttributeFile(command, call.talk);
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  return AttributeWorkspace(workspace, command, call.talk);
}

Result<Answer> RunChain(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowChain(workspace, {card, call.words.Get("--up"), call.words.Get("--down")}, call.talk);
}

Result<Answer> RunBackout(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BackoutCommand command;
  BACKCAST_TRY(command.card, CardOptionsOf(call));
  command.outcome = call.words.arguments[0];
  command.by = call.words.Get("--by");
  if (call.words.Has("--target")) {
    BACKCAST_TRY(command.target, NumberOf("--target", call.words.Get("--target")));
  }
  const auto set = call.words.options.find("--set");
  if (set != call.words.options.end()) {
    for (const std::string& text : set->second) {
      const std::size_t equals = text.rfind('=');
      if (equals == 0 || equals == std::string::npos)
        return Error{Code::kUsage, "", "--set needs NODE=VALUE, not '" + text + "'",
                     "for example --set aov=60"};
      BACKCAST_TRY(const double value, NumberOf("--set", text.substr(equals + 1)));
      command.fixed.emplace_back(text.substr(0, equals), value);
    }
  }
  return ShowBackout(workspace, command, call.talk);
}

Result<Answer> RunWhy(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowWhy(workspace, {card, call.words.arguments[0], call.words.Get("--owner")}, call.talk);
}

Result<Answer> RunExplain(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return Explain(workspace, {card, call.words.arguments[0]}, Today(), call.talk);
}

Result<Answer> RunClaims(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowClaims(workspace, card, call.talk);
}

Result<Answer> RunLifetime(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  LifetimeCommand command;
  BACKCAST_TRY(command.card, CardOptionsOf(call));
  BACKCAST_TRY(const std::optional<long> horizon, call.words.Number("--horizon-days", 1));
  if (horizon) command.horizon = static_cast<int>(std::min(*horizon, 36500L));
  return ShowLifetime(workspace, command, call.talk);
}

Result<Answer> RunImprovements(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowChanges(workspace, card, call.talk);
}

Result<Answer> RunAdvise(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowAdvice(workspace, card, call.talk);
}

Result<Answer> RunHoldOut(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  const std::vector<std::string>& names = call.words.arguments;
  return ShowHoldOuts(workspace, {card, names.empty() ? "" : names[0], call.words.Has("--record")},
                      call.talk);
}

Result<Answer> RunUtm(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowUtm(workspace, {card, call.words.Has("--accept")}, call.talk);
}

Result<Answer> RunSalesGoal(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  const std::vector<std::string>& names = call.words.arguments;
  return ShowSalesGoals(workspace, {card, names.empty() ? "" : names[0]}, call.talk);
}

Result<Answer> RunCost(const Call& call) {
  const Words& words = call.words;
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  CostCommand command;
  BACKCAST_TRY(command.card, CardOptionsOf(call));
  command.card.compare = words.Get("--compare", "none");
  command.per = words.Get("--per");
  command.against = words.Get("--against");
  if (command.per.empty()) {
    return Error{Code::kUsage, "", "cost needs --per: what is it that costs?",
                 "for example --per lead, visitor, cart, sale or subscriber"};
  }
  const std::string spread = words.Get("--spread", "none"), count = words.Get("--count");
  if (spread != "none" && spread != "even" && spread != "spend")
    return Error{Code::kUsage, "", "costs are not spread by '" + spread + "'", "none, even or spend"};
  if (!count.empty() && count != "targeted" && count != "all")
    return Error{Code::kUsage, "", "--count does not know '" + count + "'", "targeted or all"};
  command.spread = spread == "even"    ? CostSpread::kEven
                   : spread == "spend" ? CostSpread::kSpend
                                       : CostSpread::kNone;
  if (!count.empty()) command.headline = count == "all" ? Headline::kAll : Headline::kTargeted;
  return ShowCosts(workspace, command, call.talk);
}

Result<Answer> RunJourney(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions card, CardOptionsOf(call));
  return ShowJourney(workspace, {card, call.words.Get("--by")}, call.talk);
}

Result<Answer> RunBots(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions options, CardOptionsOf(call));
  return ShowBots(workspace, options, call.talk);
}

Result<Answer> RunChannelsTest(const Call& call) {
  BACKCAST_TRY(const Workspace workspace, Workspace::Open(call.settings));
  Arrival arrival;
  for (std::size_t i = 0; i < kOriginNames.size(); ++i) {
    const bool click = static_cast<Origin>(i) == Origin::kClickId;
    arrival.said[i] = call.words.Get(click ? "--click-id" : "--" + std::string(kOriginNames[i]));
  }
  arrival.visit = true;
  return TestChannel(workspace, arrival, call.format);
}

Result<Answer> RunChannelsUnknown(const Call& call) {
  BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
  BACKCAST_TRY(const ScoreOptions options, CardOptionsOf(call));
  return ListUnknownChannels(workspace, options, call.talk);
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

/// A command whose function wants an open workspace and one argument or none.
template <class F>
auto WithWorkspace(F function) {
  return [function](const Call& call) -> Result<Answer> {
    BACKCAST_TRY(Workspace workspace, Workspace::Open(call.settings));
    return function(workspace, call);
  };
}

const std::map<std::string_view, std::function<Result<Answer>(const Call&)>>& Functions() {
  static const std::map<std::string_view, std::function<Result<Answer>(const Call&)>> functions = {
      {"demo", RunDemo},
      {"ingest", RunIngest},
      {"score", RunScore},
      {"report", RunReport},
      {"chain", RunChain},
      {"backout", RunBackout},
      {"why", RunWhy},
      {"claims", RunClaims},
      {"lifetime", RunLifetime},
      {"explain", RunExplain},
      {"improvements", RunImprovements},
      {"advise", RunAdvise},
      {"holdout", RunHoldOut},
      {"utm", RunUtm},
      {"sales-goal", RunSalesGoal},
      {"cost", RunCost},
      {"attribute", RunAttribute},
      {"journey", RunJourney},
      {"bots", RunBots},
      {"channels", WithWorkspace([](Workspace& w, const Call& c) { return ListChannels(w, c.format); })},
      {"channels test", RunChannelsTest},
      {"channels unknown", RunChannelsUnknown},
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
      {"schema list", [](const Call& c) -> Result<Answer> { return ListSchemas(c.format); }},
      {"schema describe", [](const Call& c) { return DescribeSchema(c.words.arguments[0]); }},
      {"config show", [](const Call& c) { return ShowSettings(c.words, c.words.Has("--origin")); }},
      {"completion",
       [](const Call& c) -> Result<Answer> {
         BACKCAST_TRY(const std::string script, CompletionFor(c.words.arguments[0]));
         return Answer{script, false};
       }},
      {"help", RunHelp},
  };
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
