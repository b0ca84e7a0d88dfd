// SPDX-License-Identifier: Apache-2.0
#include "desk/rows.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

namespace backcast {
namespace {

constexpr int kRows = 1000;

std::string Plain(double number) {
  char text[40];
  if (number == std::floor(number) && std::abs(number) < 1e15) {
    std::snprintf(text, sizeof text, "%.0f", number);
  } else {
    std::snprintf(text, sizeof text, "%.15g", number);
  }
  return text;
}

/// Control characters of hostile text become spaces; a terminal and a Markdown table stay whole.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string CellOf(const Column& column, std::size_t row) {
  if (column.present[row] == 0) return "";
  return column.is_text ? column.words[row] : Plain(column.numbers[row]);
}

std::string CsvCell(std::string cell, bool is_text) {
  if (is_text && !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos)
    cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string RenderCsvTable(const Table& table) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += (i > 0 ? "," : "") + CsvCell(table.columns[i].name, true);
  out += "\r\n";
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      out += (i > 0 ? "," : "") + CsvCell(CellOf(table.columns[i], row), table.columns[i].is_text);
    }
    out += "\r\n";
  }
  return out;
}

std::string RenderMarkdownTable(const Table& table) {
  std::string out = "|";
  for (const Column& column : table.columns) out += " " + column.name + " |";
  out += "\n|";
  for (const Column& column : table.columns) out += column.is_text ? " --- |" : " ---: |";
  out += "\n";
  for (std::size_t row = 0; row < table.rows; ++row) {
    out += "|";
    for (const Column& column : table.columns) {
      std::string cell = OneLine(CellOf(column, row));
      for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2)
        cell.insert(at, 1, '\\');
      out += " " + cell + " |";
    }
    out += "\n";
  }
  return out;
}

std::string RenderAligned(const Table& table) {
  constexpr std::size_t kWidest = 40;
  std::vector<std::size_t> width;
  for (const Column& column : table.columns) {
    std::size_t widest = column.name.size();
    for (std::size_t row = 0; row < table.rows; ++row) widest = std::max(widest, CellOf(column, row).size());
    width.push_back(std::min(widest, kWidest));
  }
  const auto pad = [&](std::string cell, std::size_t i, bool right) {
    cell = OneLine(std::move(cell));
    if (cell.size() > width[i]) {
      std::size_t cut = width[i];
      while (cut > 0 && (static_cast<unsigned char>(cell[cut]) & 0xC0) == 0x80)
        --cut;  // not inside a character
      cell.resize(cut);
    }
    const std::string blanks(width[i] - std::min(width[i], cell.size()), ' ');
    return right ? blanks + cell : cell + blanks;
  };
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += (i > 0 ? "  " : "") + pad(table.columns[i].name, i, !table.columns[i].is_text);
  out += "\n";
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      out += (i > 0 ? "  " : "") + pad(CellOf(table.columns[i], row), i, !table.columns[i].is_text);
    }
    out += "\n";
  }
  return out;
}

nlohmann::ordered_json ToJson(const Table& table) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (std::size_t row = 0; row < table.rows; ++row) {
    nlohmann::ordered_json one;
    for (const Column& column : table.columns) {
      if (column.present[row] == 0) {
        one[column.name] = nullptr;
      } else if (column.is_text) {
        one[column.name] = column.words[row];
      } else if (column.numbers[row] == std::floor(column.numbers[row]) &&
                 std::abs(column.numbers[row]) < 9e15) {
        one[column.name] = static_cast<std::int64_t>(column.numbers[row]);
      } else {
        one[column.name] = column.numbers[row];
      }
    }
    rows.push_back(std::move(one));
  }
  return rows;
}

/// Beside the number of its load, the file that each row came from.
Result<Done> AddFiles(const Workspace& workspace, Table& table) {
  const Column* loads = table.Find("load_id");
  if (loads == nullptr) return Done{};
  BACKCAST_TRY(const std::vector<LoadRecord> records, workspace.lake().Loads());
  std::map<std::int64_t, std::string> files;
  for (const LoadRecord& record : records) files[record.load_id] = record.load.file;
  Column file{"file", true, {}, {}, {}};
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto found = files.find(static_cast<std::int64_t>(loads->numbers[row]));
    file.present.push_back(found != files.end() ? 1 : 0);
    file.words.push_back(found != files.end() ? found->second : "");
  }
  table.columns.push_back(std::move(file));
  return Done{};
}

}  // namespace

std::string RenderTable(const Table& table, Format format) {
  switch (format) {
    case Format::kJson:
      return ToJson(table).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    case Format::kCsv:
      return RenderCsvTable(table);
    case Format::kMarkdown:
      return RenderMarkdownTable(table);
    case Format::kText:
      break;
  }
  return RenderAligned(table);
}

Result<Answer> ListRows(Workspace& workspace, const std::string& metric, const std::vector<Filter>& filters,
                        const Window& period, const CompileHints& hints, Format format) {
  BACKCAST_TRY(const Statement statement,
               CompileRows(workspace.catalogue(), workspace.schemas(), metric, filters, period, kRows,
                           workspace.engine().dialect(), hints));
  BACKCAST_TRY(Table table, workspace.engine().Run(statement));
  BACKCAST_CHECK(AddFiles(workspace, table));
  Answer answer;
  if (format != Format::kJson) {
    answer.out = RenderTable(table, format);
    return answer;
  }
  nlohmann::ordered_json whole = {
      {"schema", "backcast/rows/1"},
      {"workspace", workspace.name()},
      {"period", {{"from", ToIso(period.from)}, {"to", ToIso(period.to - std::chrono::days{1})}}},
      {"data", {{"metric", metric}, {"rows", ToJson(table)}, {"limit", kRows}}},
      {"findings", nlohmann::ordered_json::array()}};
  answer.out = whole.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return answer;
}

}  // namespace backcast
