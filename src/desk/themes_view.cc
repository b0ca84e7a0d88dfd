// SPDX-License-Identifier: Apache-2.0
#include "desk/themes_view.h"

#include <algorithm>

#include "desk/asked_columns.h"
#include "desk/content_labels.h"
#include "desk/question.h"

namespace backcast {
namespace {

constexpr std::string_view kTable = "post_themes";
constexpr std::string_view kFiled = "_as_filed";

/// The column by which a row of the fact finds its post; empty for a fact without themes.
std::string KeyOf(const Fact& fact) {
  if (fact.Find("theme") == nullptr) return "";
  return fact.id == "post" ? "post_key" : fact.Find("post") != nullptr ? "post" : "";
}

std::string NameOf(const std::string& theme, const ContentRules& rules) {
  const auto rule = std::find_if(rules.themes.begin(), rules.themes.end(),
                                 [&](const ThemeRule& each) { return each.id == theme; });
  return rule == rules.themes.end() ? theme : rule->name;
}

/// A row per post of which a rule or the table says something, if only that it has no theme.
Result<Done> KeepThemes(const ContentLabels& labels, DuckDb& engine) {
  BACKCAST_TRY(const Table posts,
               engine.Run("select post_key as k, platform, account, post_id, url, text, media_type "
                          "from post order by k"));
  BACKCAST_CHECK(engine.Do("create or replace table " + std::string(kTable) + " (k bigint, theme varchar)"));
  const Labeller labeller(labels.rules, labels.by_hand);
  RowBatch batch{0, std::vector<ColumnBuffer>(2)};
  std::vector<std::string> names;
  names.reserve(posts.rows);
  for (std::size_t row = 0; row < posts.rows; ++row) {
    const PostLabels of = labeller.LabelsOf(
        {WordAt(posts, "platform", row), WordAt(posts, "account", row), WordAt(posts, "post_id", row),
         WordAt(posts, "url", row), WordAt(posts, "text", row), WordAt(posts, "media_type", row), ""});
    if (of.source == LabelSource::kNone) continue;
    ++batch.rows;
    batch.columns[0].present.push_back(1);
    batch.columns[0].integers.push_back(static_cast<std::int64_t>(NumberAt(posts, "k", row).value_or(-1)));
    names.push_back(of.themes.empty() ? "" : NameOf(of.themes.front(), labels.rules));
    batch.columns[1].present.push_back(of.themes.empty() ? 0 : 1);
    batch.columns[1].words.push_back(names.back());
  }
  batch.columns[0].type = Type::kCount;
  batch.columns[1].type = Type::kLabel;
  BACKCAST_TRY(DuckDb::Appender appender, engine.AppendTo(std::string(kTable)));
  BACKCAST_CHECK(appender.Append(batch));
  return appender.Close();
}

Result<Done> MakeView(const Fact& fact, DuckDb& engine) {
  const std::string before = QuoteName(fact.id + std::string(kFiled)), view = QuoteName(fact.id);
  BACKCAST_CHECK(engine.Do("drop view if exists " + before));
  BACKCAST_CHECK(engine.Do("alter view " + view + " rename to " + before));
  return engine.Do("create view " + view +
                   " as select f.* replace (case when t.k is null then f.theme else t.theme end "
                   "as theme) from " +
                   before + " f left join " + std::string(kTable) + " t on t.k = f." + KeyOf(fact));
}

Result<Done> Name(Workspace& workspace, const Ready& ready) {
  if (!ready.filled->insert("theme").second) return Done{};
  BACKCAST_TRY(const ContentLabels labels, ReadLabelRules(workspace));
  if (labels.version.empty()) return Done{};
  BACKCAST_CHECK(KeepThemes(labels, workspace.engine()));
  for (const Fact& fact : workspace.schemas().all()) {
    if (!KeyOf(fact).empty()) BACKCAST_CHECK(MakeView(fact, workspace.engine()));
  }
  return Done{};
}

}  // namespace

Result<Done> NameThemesOf(Workspace& workspace, const Ready& ready, const std::string& id) {
  const Fact* fact = workspace.schemas().Find(id);
  return fact == nullptr || KeyOf(*fact).empty() ? Done{} : Name(workspace, ready);
}

Result<Done> NameThemesFor(Workspace& workspace, const Ready& ready, const Question& question) {
  const std::set<std::string> asked = AskedColumns(question, workspace.catalogue());
  const bool asks =
      std::any_of(asked.begin(), asked.end(), [](const std::string& c) { return c.ends_with(".theme"); });
  return asks ? Name(workspace, ready) : Done{};
}

}  // namespace backcast
