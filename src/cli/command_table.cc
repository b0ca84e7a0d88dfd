// SPDX-License-Identifier: Apache-2.0
#include "cli/command_table.h"

namespace backcast {
namespace {

const std::vector<OptionSpec>& CardOptions() {
  static const std::vector<OptionSpec> options = {
      {"--period", "", "PERIOD", "2026-03, 2026-Q1, 2026, 2026-W14, FROM..TO, last-28d, mtd, qtd, ytd"},
      {"--compare", "", "PERIOD", "previous (default), year, none, or a period"},
      {"--by", "", "DIM[,DIM]", "break down by dimensions, such as platform or channel", true},
      {"--metric", "", "ID[,ID]", "these metrics instead of the plan's", true},
      {"--where", "", "DIM=VALUE[,VALUE]", "only rows with these values", true},
      {"--as-of", "", "DAY", "as it was reported at the end of that day"},
      {"--currency", "", "CODE", "read amounts in this currency (default: the plan's)"},
  };
  return options;
}

std::vector<OptionSpec> CardOptionsAnd(std::vector<OptionSpec> more) {
  std::vector<OptionSpec> options = CardOptions();
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

std::vector<OptionSpec> ChainOptionsAnd(std::vector<OptionSpec> more) {
  more.insert(more.begin(), {"--period", "", "PERIOD", "as in score"});
  more.push_back({"--as-of", "", "DAY", "as it was reported at the end of that day"});
  more.push_back({"--currency", "", "CODE", "read amounts in this currency (default: the plan's)"});
  return more;
}

}  // namespace

std::span<const OptionSpec> SharedOptions() {
  static const std::vector<OptionSpec> options = {
      {"--workspace", "-w", "DIR", "the brand's folder (default: the nearest upward with plan.yaml)"},
      {"--format", "", "FORMAT", "text, json, csv or md"},
      {"--json", "", "", "the same as --format json"},
      {"--quiet", "-q", "", "say nothing beside the answer"},
      {"--verbose", "-v", "", "say when, with which settings and how much memory"},
      {"--no-color", "", "", "no colours"},
      {"--no-input", "", "", "never ask"},
      {"--threads", "", "N", "threads of the engine (default: one per core)"},
      {"--memory", "", "SIZE", "memory of the engine, such as 512MB"},
      {"--engine", "", "ENGINE", "duckdb (default)"},
      {"--help", "-h", "", "this help"},
      {"--version", "", "", "the version"},
  };
  return options;
}

// NOLINTNEXTLINE(readability-function-size): it is a table
std::span<const CommandSpec> Commands() {
  static const std::vector<CommandSpec> commands = {
      {"init",
       "DIR",
       0,
       1,
       "asks, proposes KPIs and tactics, and writes a plan",
       "backcast init my-brand --template ecommerce_sales",
       {{"--template", "", "ID[,ID]", "the results wanted: ecommerce_sales, inquiries, hiring ...", true},
        {"--answers", "", "FILE", "take the answers from a file instead of asking"},
        {"--from", "", "PLAN", "go on from a plan: its values are the answers, the rest of it is kept"},
        {"--questions", "", "", "print an answers file to fill in"},
        {"--ask", "", "", "ask (what init does on a terminal)"},
        {"--backout", "", "", "propose KPIs from the driver trees (what init does)"}}},
      {"demo",
       "DIR",
       1,
       1,
       "makes a simulated brand with known truth, in native export layouts",
       "backcast demo my-demo",
       {{"--seed", "", "N", "another world"},
        {"--kind", "", "KIND", "b2c or b2b"},
        {"--days", "", "N", "length in days (default 420)"},
        {"--scale", "", "X", "size of audience and traffic (default 1)"}}},
      {"ingest",
       "PATH…",
       0,
       -1,
       "reads exports, files or folders, into the workspace; - is standard input",
       "backcast ingest exports/",
       {{"--source", "", "ID", "the layout, when it is not recognised"},
        {"--account", "", "NAME", "the account, when the file does not say"},
        {"--year", "", "Y", "the year, when dates have none"},
        {"--period", "", "PERIOD", "the period, when the file has no dates"},
        {"--observed", "", "DAY", "the day lifetime counters were read"},
        {"--currency", "", "CODE", "the currency, when the file does not say"},
        {"--dry-run", "-n", "", "say what would happen, change nothing"},
        {"--rejects", "", "FILE", "write refused rows to a CSV"},
        {"--strict", "", "", "exit with 1 when rows were refused"}}},
      {"score", "", 0, 0, "the scorecard of the plan, or of metrics",
       "backcast score --period 2026-03 --by platform",
       CardOptionsAnd({{"--sql", "", "", "show the statements instead"},
                       {"--rows", "", "METRIC", "list the rows behind a metric"}})},
      {"report", "", 0, 0, "the one-page report", "backcast report -o report.html -o report.pdf",
       CardOptionsAnd(
           {{"--output", "-o", "FILE", ".html .pdf .json .csv .md .txt (default report.html)", true}})},
      {"chain", "", 0, 0, "the value chain with its numbers, links and their evidence",
       "backcast chain --up o_sales",
       ChainOptionsAnd({{"--up", "", "ID", "only what leads to this node"},
                        {"--down", "", "ID", "only what this node leads to"}})},
      {"backout", "OUTCOME", 1, 1, "targets of everything that leads to an outcome",
       "backcast backout o_sales --target 80000 --by 2027-06-30",
       ChainOptionsAnd(
           {{"--target", "", "N", "the target, in the plan's unit (default: the plan's)"},
            {"--by", "", "DAY", "the day by which it should be reached (default: the plan's)"},
            {"--set", "", "NODE=VALUE", "what if this factor stood at that value; may be repeated", true}})},
      {"improvements", "", 0, 0, "what was changed on purpose, and whether the numbers followed",
       "backcast improvements", ChainOptionsAnd({})},
      {"advise", "", 0, 0,
       "which belief of the plan is most worth a test, and which test the numbers can bear",
       "backcast advise", ChainOptionsAnd({})},
      {"explain", "ID", 1, 1, "one number: definition, value, statement, rows, links, doubts",
       "backcast explain k_visit --period 2026-03", ChainOptionsAnd({})},
      {"why", "OUTCOME", 1, 1,
       "why an outcome changed: parts that add up, the weakest stage, whose turn it is",
       "backcast why o_sales --period 2026-08",
       ChainOptionsAnd({{"--compare", "", "PERIOD", "previous (default), year, or a period"},
                        {"--owner", "", "ID", "whose part is told apart (default: the outcome's owner)"}})},
      {"claims", "", 0, 0, "what ad platforms claim, beside the own books",
       "backcast claims --period 2026-Q1",
       ChainOptionsAnd({{"--where", "", "DIM=VALUE[,VALUE]", "only rows with these values", true},
                        {"--sql", "", "", "show the statements instead"}})},
      {"lifetime", "", 0, 0, "what a customer has brought since the first order, and what winning one cost",
       "backcast lifetime --horizon-days 180 --by channel_group",
       ChainOptionsAnd({{"--horizon-days", "", "N", "age up to which it is told (default 365)"},
                        {"--by", "", "channel_group", "by the channel of the first order", true},
                        {"--sql", "", "", "show the statements instead"}})},
      {"check",
       "",
       0,
       0,
       "the plan doctor",
       "backcast check --layer chain --fail-on warning",
       {{"--layer", "", "LAYER", "text, chain or data (default: all that can be had)"},
        {"--fail-on", "", "SEVERITY", "error (default), warning or never"},
        {"--accept", "", "RULE",
         "answer for the rule's findings: printed on every report, no longer counted"},
        {"--withdraw", "", "RULE", "take that back"},
        {"--because", "", "TEXT", "why; needed for both"},
        {"--node", "", "ID", "only the finding about this node of the plan"},
        {"--by", "", "NAME", "who signs (default: the environment variable USER)"},
        {"--until", "", "DAY", "the last day on which the note holds"},
        {"--accepted", "", "", "list what was accepted, by whom and why"}}},
      {"plan log",
       "",
       0,
       0,
       "versions of the plan that were in force, with their reasons",
       "backcast plan log",
       {}},
      {"plan diff",
       "A [B]",
       1,
       2,
       "what changed between two versions of the plan, and the last period under both",
       "backcast plan diff @-2",
       {{"--period", "", "PERIOD", "the period to measure under both (default: the last whole month)"}}},
      {"decide",
       "NODE",
       1,
       1,
       "keeps what was seen at a node of the plan and what follows",
       "backcast decide k_visit --seen \"visits fell for three weeks\" --decided \"links go into every "
       "post\"",
       {{"--seen", "", "TEXT", "what the numbers showed"},
        {"--decided", "", "TEXT", "what follows"},
        {"--by", "", "NAME", "who decided (default: the environment variable USER)"}}},
      {"decisions", "", 0, 0, "what was decided, newest first", "backcast decisions", {}},
      {"sources list", "", 0, 0, "export layouts that are known", "backcast sources list", {}},
      {"sources show", "ID", 1, 1, "one layout: columns, facts, quirks", "backcast sources show x_posts", {}},
      {"sources detect",
       "FILE",
       1,
       1,
       "what a file is, and why",
       "backcast sources detect exports/data.csv",
       {}},
      {"metrics list",
       "",
       0,
       0,
       "the catalogue",
       "backcast metrics list --search click",
       {{"--search", "", "WORD", "ids, titles and descriptions with this word"},
        {"--level", "", "LEVEL", "input, activity, output, outtake, outcome or impact"},
        {"--element", "", "ELEMENT", "content, advertising, site, care ..."}}},
      {"metrics show",
       "ID",
       1,
       1,
       "one metric: formula, unit, basis, source, how it is gamed",
       "backcast metrics show cpm",
       {}},
      {"status", "", 0, 0, "what the workspace holds", "backcast status", {}},
      {"lake compact", "", 0, 0, "merges small files; answers do not change", "backcast lake compact", {}},
      {"lake vacuum",
       "",
       0,
       0,
       "deletes files that no kept version needs",
       "backcast lake vacuum --keep 400",
       {{"--keep", "", "DAYS", "how far back --as-of must reach (default 400)"}}},
      {"schema list", "", 0, 0, "JSON Schemas that are published", "backcast schema list", {}},
      {"schema describe", "ID", 1, 1, "one JSON Schema", "backcast schema describe plan", {}},
      {"config show",
       "",
       0,
       0,
       "settings in force",
       "backcast config show --origin",
       {{"--origin", "", "", "and where each comes from"}}},
      {"completion", "SHELL", 1, 1, "completion for bash, zsh or fish", "backcast completion bash", {}},
      {"help", "COMMAND", 0, 2, "help for a command", "backcast help score", {}},
  };
  return commands;
}

}  // namespace backcast
