// SPDX-License-Identifier: Apache-2.0
#include "desk/score.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/number.h"
#include "desk/card_chain.h"
#include "desk/card_findings.h"
#include "desk/care_values.h"
#include "desk/conversion.h"
#include "desk/coverage.h"
#include "desk/decisions.h"
#include "desk/example_posts.h"
#include "desk/exhibits.h"
#include "desk/hints.h"
#include "desk/notes.h"
#include "desk/plan_changes.h"
#include "desk/ready.h"
#include "desk/rows.h"
#include "desk/themes_view.h"
#include "desk/tone_notes.h"
#include "desk/tone_view.h"
#include "report/pdf.h"
#include "score/assemble.h"
#include "score/executive.h"

namespace backcast {
namespace {

Result<std::vector<ScopedAnswer>> Ask(Workspace& workspace, const Outline& outline, const CompileHints& hints,
                                      std::vector<std::string>& sql) {
  std::vector<ScopedAnswer> answers;
  for (const Scoped& scoped : outline.scopes) {
    ScopedAnswer answer;
    const std::pair<const Question*, Table*> asked[] = {{&scoped.now, &answer.now},
                                                        {&scoped.whole, &answer.whole},
                                                        {&scoped.weeks, &answer.weeks},
                                                        {&scoped.trend, &answer.trend}};
    for (const auto& [question, table] : asked) {
      if (question->metrics.empty()) continue;
      if (question == &scoped.trend && answer.now.Find("series") != nullptr) continue;
      BACKCAST_TRY(const Compiled compiled, Compile(workspace.catalogue(), workspace.schemas(), *question,
                                                    workspace.engine().dialect(), hints));
      sql.push_back(compiled.sql.text);
      BACKCAST_TRY(*table, workspace.engine().Run(compiled.sql));
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::vector<std::string> SourceLines(const std::vector<LoadRecord>& loads) {
  struct Sum {
    std::int64_t rows = 0, files = 0;
    std::string from, to;
  };
  std::map<std::string, Sum> by_source;
  for (const LoadRecord& record : loads) {
    Sum& sum = by_source[record.load.source];
    sum.rows += record.rows_kept;
    sum.files += 1;
    if (!record.from.empty() && (sum.from.empty() || record.from < sum.from)) sum.from = record.from;
    if (record.to > sum.to) sum.to = record.to;
  }
  std::vector<std::string> lines;
  for (const auto& [source, sum] : by_source) {
    std::string line = source + ": " + Counted(sum.rows, "row") + " from " + Counted(sum.files, "file");
    if (!sum.from.empty()) line += ", " + sum.from + " to " + sum.to;
    lines.push_back(line);
  }
  return lines;
}

/// Notes of the period and of the one compared, else of the one before.
Result<Done> AddNotes(const Workspace& workspace, const ScoreOptions& options, Talk& talk, Scorecard& card) {
  Window before = card.compare;
  if (before.days() <= 0) {
    BACKCAST_TRY(before, ParseComparison("previous", card.period, card.as_of));
  }
  std::optional<Day> until;
  if (!options.as_of.empty()) {
    BACKCAST_TRY(until, ParseIsoDay(options.as_of));
  }
  BACKCAST_TRY(NotesRead read, ReadNotes(workspace.PathOf("notes"), card.period, before, until));
  for (const std::string& line : read.unread) talk.Say(line);
  card.notes = std::move(read.notes);
  return Done{};
}

std::string Rendered(const Scorecard& card, const ScoreOptions& options) {
  switch (options.format) {
    case Format::kJson:
      return RenderJson(card);
    case Format::kCsv:
      return RenderCsv(card);
    case Format::kMarkdown:
      return RenderMarkdown(card);
    case Format::kText:
      break;
  }
  return RenderText(card, options.style);
}

}  // namespace

Result<Scorecard> MakeScorecard(Workspace& workspace, const ScoreOptions& options, Day today, Talk& talk) {
  BACKCAST_TRY(Ready ready, Prepare(workspace, options, talk));
  const bool from_plan = workspace.plan() && options.metrics.empty();
  const bool backs_out = from_plan && NeedsBackedOutTargets(*workspace.plan(), workspace.catalogue());
  std::optional<ReadChain> chain;
  std::optional<Plan> planned;
  std::vector<std::pair<std::string, std::string>> backed_out;
  std::vector<Finding> findings;
  if (from_plan) {
    BACKCAST_TRY(chain, ReadWholeChain(workspace, ready));
    Day seen = today;
    if (!options.as_of.empty()) {
      BACKCAST_TRY(seen, ParseIsoDay(options.as_of));
    }
    BACKCAST_TRY(findings, CardFindings(workspace, *chain, today, seen, talk));
    if (backs_out) planned = WithBackedOutTargets(*chain, *workspace.plan(), backed_out);
  }
  const Plan* plan = planned ? &*planned : from_plan ? &*workspace.plan() : nullptr;
  Outline outline =
      from_plan ? OutlineOfPlan(*plan, workspace.catalogue(), workspace.schemas(), ready.request)
                : OutlineOfMetrics(workspace.catalogue(), workspace.schemas(), ready.coverage, ready.request);
  for (const Scoped& scoped : outline.scopes) {
    const Question question{scoped.metrics, ready.request.by, scoped.filters, {}};
    BACKCAST_CHECK(ReadToneFor(workspace, ready, question));
    BACKCAST_CHECK(NameThemesFor(workspace, ready, question));
  }
  BACKCAST_CHECK(NoteTone(workspace, ready.request.period, outline));
  const std::set<std::string> facts = FactsOf(outline, workspace.catalogue());
  BACKCAST_CHECK(
      CountDays(workspace.engine(), workspace.schemas(), facts, ready.request.period, ready.coverage));
  BACKCAST_TRY(const CompileHints hints, ReadHints(workspace, ready, outline, facts, ready.request.by));
  std::vector<std::string> sql;
  BACKCAST_TRY(const std::vector<ScopedAnswer> answers, Ask(workspace, outline, hints, sql));
  BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
               ReadConversions(workspace, ready, facts, {ready.request.period, ready.request.compare}));
  const MoneyWords money = WordsOf(conversions, ready);
  BACKCAST_TRY(auto computed, CareValues(workspace, ready, outline));
  CardContext context{.catalogue = workspace.catalogue(),
                      .request = ready.request,
                      .coverage = ready.coverage,
                      .currency = ready.currency,
                      .foreign = ready.foreign,
                      .converted = money.converted,
                      .withheld = money.withheld,
                      .computed = std::move(computed),
                      .plan = plan,
                      .findings = std::move(findings)};
  Scorecard card = Assemble(std::move(outline), answers, context);
  card.workspace = workspace.name();
  card.sql = std::move(sql);
  card.sources = SourceLines(ready.loads);
  for (std::string& line : CutLines(hints, workspace.schemas())) card.sources.push_back(std::move(line));
  card.sources.insert(card.sources.end(), ready.notes.begin(), ready.notes.end());
  for (const auto& [fact, words] : money.converted) {
    if (!words.empty()) card.sources.push_back(fact + ": " + words);
  }
  if (from_plan) {
    NotePlanChanges(workspace, card, talk);
    Result<std::vector<ScoreDecision>> decisions = AllDecisions(workspace);
    if (!decisions.ok())
      talk.Say("only the plan's own decisions are shown: " + ToSentence(decisions.error()));
    card.decisions = decisions.ok() ? std::move(decisions).value() : PlanDecisions(*workspace.plan());
  }
  BACKCAST_CHECK(AddNotes(workspace, options, talk, card));
  BACKCAST_CHECK(AddExamplePosts(workspace, options.filters, card));
  for (const auto& [node, note] : backed_out) {
    for (ScoreLine& line : card.lines) {
      if (line.id == node) line.notes.push_back(note);
    }
  }
  if (chain && options.chain) {
    BACKCAST_CHECK(AddChain(workspace, *chain, card));
    BACKCAST_CHECK(AddExhibits(workspace, ready, talk, card));
    AddClaims(card);
  }
  if (!workspace.plan())
    card.question = "Which outcome is this for? Name it in plan.yaml, and these numbers get an order.";
  return card;
}

Result<Answer> Score(Workspace& workspace, const ScoreOptions& options, Day today, Talk& talk) {
  if (!options.rows.empty()) {
    BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
    if (const Metric* metric = workspace.catalogue().Find(options.rows); metric != nullptr) {
      for (const std::string& fact : workspace.catalogue().FactsOf(*metric)) {
        BACKCAST_CHECK(ReadToneOf(workspace, ready, fact));
        BACKCAST_CHECK(NameThemesOf(workspace, ready, fact));
      }
    }
    BACKCAST_TRY(const CompileHints hints, ReadRowHints(workspace, ready, options.rows));
    return ListRows(workspace, options.rows, options.filters, ready.request.period, hints, options.format);
  }
  BACKCAST_TRY(const Scorecard card, MakeScorecard(workspace, options, today, talk));
  Answer answer;
  if (options.sql) {
    for (const std::string& statement : card.sql) answer.out += statement + ";\n\n";
    return answer;
  }
  answer.out = Rendered(card, options);
  return answer;
}

Result<Answer> Report(Workspace& workspace, const ScoreOptions& options,
                      const std::vector<std::string>& paths, Day today, Talk& talk) {
  const auto ending = [](const std::string& path) {
    return std::filesystem::path(path).extension().string();
  };
  static constexpr std::string_view kEndings[] = {".html", ".pdf", ".json", ".csv", ".md", ".txt"};
  for (const std::string& path : paths) {
    if (std::find(std::begin(kEndings), std::end(kEndings), ending(path)) == std::end(kEndings)) {
      return Error{Code::kUsage, path, "a report ends in .html, .pdf, .json, .csv, .md or .txt", ""};
    }
  }
  ScoreOptions whole = options;
  whole.chain = true;
  BACKCAST_TRY(const Scorecard card, MakeScorecard(workspace, whole, today, talk));
  Answer answer;
  if (paths.empty()) answer.out = Rendered(card, whole);
  for (const std::string& path : paths) {
    const std::string kind = ending(path);
    if (kind == ".html") BACKCAST_CHECK(WriteWhole(path, RenderHtml(card)));
    if (kind == ".json") BACKCAST_CHECK(WriteWhole(path, RenderJson(card)));
    if (kind == ".csv") BACKCAST_CHECK(WriteWhole(path, RenderCsv(card)));
    if (kind == ".md") BACKCAST_CHECK(WriteWhole(path, RenderMarkdown(card)));
    if (kind == ".txt") BACKCAST_CHECK(WriteWhole(path, RenderText(card, {})));
    if (kind == ".pdf") {
      const std::string page = workspace.PathOf(".backcast/cache/report.html");
      BACKCAST_CHECK(WriteWhole(page, RenderHtml(card)));
      BACKCAST_CHECK(PrintPdf(page, path));
    }
    answer.out += path + "\n";
  }
  return answer;
}

}  // namespace backcast
