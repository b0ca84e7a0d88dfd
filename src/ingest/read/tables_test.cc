// SPDX-License-Identifier: Apache-2.0
// The quirks of real exports by name, hostile files, and the round trip of any table through any way of
// writing it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "ingest/read/reading.h"

namespace backcast {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Utf16(const std::string& ascii, bool big = false, bool mark = true) {
  std::string bytes = !mark ? "" : big ? "\xfe\xff" : "\xff\xfe";
  for (const char c : ascii) bytes += big ? std::string{'\0', c} : std::string{c, '\0'};
  return bytes;
}

/// The only table of a file that must be readable to its end.
ReadTableWhole One(std::string bytes) {
  ReadFileWhole file = ReadWhole(std::move(bytes));
  EXPECT_EQ(file.tables.size(), 1u) << file.fault;
  if (file.tables.empty()) return {};
  EXPECT_EQ(file.tables[0].fault, "");
  return std::move(file.tables[0]);
}

const std::string kFollows =
    "sep=,\r\n\"Follows\"\r\n\"Date\",\"Primary\"\r\n\"2025-01-01T00:00:00\",\"5\"\r\n\"2025-01-02T00:00:"
    "00\",\"6\"\r\n\r\n"
    "\"Follows\"\r\n\"Date\",\"Primary\"\r\n\"2025-01-01T00:00:00\",\"1\"\r\n";

TEST(Tables, MetaFollowsHoldsTwoAccountsOneAfterTheOther) {
  for (const std::string& bytes :
       {kFollows, Utf16(kFollows), Utf16(kFollows, true), Utf16(kFollows, false, false)}) {
    const ReadFileWhole file = ReadWhole(bytes);
    ASSERT_EQ(file.tables.size(), 2u) << file.fault;
    EXPECT_THAT(file.tables[0].head.preamble, ElementsAre(ElementsAre("Follows")));
    EXPECT_THAT(file.tables[0].head.header, ElementsAre("Date", "Primary"));
    EXPECT_EQ(file.tables[0].rows.size(), 2u);
    EXPECT_THAT(file.tables[1].head.preamble, ElementsAre(ElementsAre("Follows")));
    EXPECT_THAT(file.tables[1].rows, ElementsAre(ElementsAre("2025-01-01T00:00:00", "1")));
    EXPECT_THAT(file.tables[1].lines, ElementsAre(9));
    EXPECT_THAT(file.tables[0].refused, IsEmpty());
  }
}

TEST(Tables, MetaAudienceHoldsNamesInOneRowAndValuesInTheNext) {
  const ReadFileWhole file = ReadWhole(
      "sep=,\n\"Age & "
      "gender\"\n\"\",\"Men\",\"Women\"\n\"18-24\",\"1.2\",\"3\"\n\"25-34\",\"5\",\"6\"\n\n\"Top cities\"\n"
      "\"Berlin, Germany\",\"Paris, France\",\"Rome\"\n\"12.1\",\"3.2\",\"4\"\n\n\"Top "
      "countries\"\n\"Germany\",\"France\"\n\"12.1\",\"3.2\"\n");
  ASSERT_EQ(file.tables.size(), 3u) << file.fault;
  EXPECT_THAT(file.tables[0].head.header, ElementsAre("", "Men", "Women"));
  EXPECT_THAT(file.tables[1].head.preamble, ElementsAre(ElementsAre("Top cities")));
  EXPECT_THAT(file.tables[1].head.header, ElementsAre("Berlin, Germany", "Paris, France", "Rome"));
  EXPECT_THAT(file.tables[2].rows, ElementsAre(ElementsAre("12.1", "3.2")));
}

TEST(Tables, AnalyticsSectionsBeginWithComments) {
  const ReadFileWhole file = ReadWhole(
      "# ---------\n# Events: Event name\n# Property: Shop, EU\n#\n# All Users\n# Start date: "
      "20240101\nEvent name,Event count,Total users\n"
      "page_view,1000,200\nscroll,500,100\n\n# Start date: 20240101\nNth day,Active users\n0000,5\n0001,7\n");
  ASSERT_EQ(file.tables.size(), 2u) << file.fault;
  EXPECT_EQ(file.tables[0].head.preamble.size(), 6u);
  EXPECT_EQ(file.tables[0].rows.size(), 2u);
  EXPECT_THAT(file.tables[1].head.header, ElementsAre("Nth day", "Active users"));
}

TEST(Tables, ShortSectionsBetweenCommentsAreTablesAndShareWhatStandsAboveTheFirst) {
  const ReadFileWhole file = ReadWhole(
      "# ---------\n# Snapshot\n# Property: Shop\n# ---------\n# \n# Start date: 20240101\nNth "
      "day,Users\n0000,5\n"
      "0001,7\n# \n# Start date: 20240201\nChannel,Sessions\nDirect,3\n# \n# Start date: "
      "20240301\nCountry,Users\n"
      "France,2\n");
  ASSERT_EQ(file.tables.size(), 3u) << file.fault;
  EXPECT_EQ(file.tables[0].rows.size(), 2u);
  EXPECT_EQ(file.tables[1].rows.size(), 1u);
  EXPECT_THAT(file.tables[2].head.header, ElementsAre("Country", "Users"));
  const auto& said = file.tables[1].head.preamble;
  EXPECT_THAT(said, testing::Contains(ElementsAre("# Property: Shop")));
  const auto own = std::find(said.begin(), said.end(), std::vector<std::string>{"# Start date: 20240201"});
  const auto first = std::find(said.begin(), said.end(), std::vector<std::string>{"# Start date: 20240101"});
  EXPECT_LT(own, first);
}

TEST(Tables, AdReportsHaveATitleAndAQuotedDateRange) {
  const ReadTableWhole ads =
      One("Campaign report\n\"January 1, 2024 - January 31, 2024\"\nCampaign state,Campaign,Currency "
          "code,Cost,Clicks\n"
          "Enabled,Brand,USD,\"1,200.50\",30\nPaused,Generic, --,0.00,0\nTotal: Account, --, "
          "--,\"1,200.50\",30\n");
  EXPECT_EQ(ads.head.header_line, 3);
  EXPECT_EQ(ads.rows.size(), 3u);
  EXPECT_EQ(ads.rows[1][2], " --");
  const ReadTableWhole linkedin =
      One(Utf16("Campaign Performance Report (in UTC)\nReport Start: November 1, 2023, 12:00 AM\nReport End: "
                "November 30, 2023, 11:59 PM\n\n"
                "Start Date (in UTC)\tAccount Name\tImpressions\n11/1/2023\tAcme, Inc\t100\n11/2/2023\tAcme, "
                "Inc\t120\n"));
  EXPECT_EQ(linkedin.head.separator, '\t');
  EXPECT_EQ(linkedin.head.preamble.size(), 3u);
  EXPECT_EQ(linkedin.rows.size(), 2u);
  const ReadTableWhole pairs =
      One("Account name,Acme\nCurrency,EUR\n\nDate,Views,Likes\n2024-01-01,1,2\n2024-01-02,1,2\n");
  EXPECT_THAT(pairs.head.preamble,
              ElementsAre(ElementsAre("Account name", "Acme"), ElementsAre("Currency", "EUR")));
  EXPECT_EQ(pairs.rows.size(), 2u);
}

TEST(Tables, SeparatorsAreFoundByAgreement) {
  EXPECT_EQ(One("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n").head.separator, ';');
  EXPECT_EQ(One("a|b\nx, y|1\nz, w|2\n").head.separator, '|');
  EXPECT_EQ(One("sep=\t\t\t\nA\tB\tC\n1\t2\t3\n").head.header, (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_EQ(One("sep=;\na,b;c\n1,2;3\n").head.header, (std::vector<std::string>{"a,b", "c"}));
}

TEST(Tables, TabFilesMayHaveNoQuotingAtAll) {
  const ReadTableWhole table =
      One("id\ttext\n1\t\"Never closed\n2\tplain\n3\t\"quoted\" and more\n4\tlast\n");
  ASSERT_EQ(table.rows.size(), 4u);
  EXPECT_EQ(table.rows[0][1], "\"Never closed");
  EXPECT_EQ(table.rows[2][1], "\"quoted\" and more");
}

TEST(Tables, ARecordMayBeQuotedOnceMore) {
  const ReadTableWhole table =
      One("\"Date,\"\"Post, text\"\",Likes\"\n\"2024-01-01,\"\"a, b\"\",5\"\n\"2024-01-02,plain,6\"\n");
  EXPECT_THAT(table.head.header, ElementsAre("Date", "Post, text", "Likes"));
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("2024-01-01", "a, b", "5"), ElementsAre("2024-01-02", "plain", "6")));
}

TEST(Tables, LineEndsMayMixAndTheLastMayMiss) {
  const ReadTableWhole table = One("a,b\r1,2\r\n\"3\n3\",4\n5,6");
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("1", "2"), ElementsAre("3\n3", "4"), ElementsAre("5", "6")));
  EXPECT_THAT(table.lines, ElementsAre(2, 3, 5));
}

TEST(Tables, RaggedRowsAreRefusedAndEmptyCellsCut) {
  const ReadTableWhole table = One("a,b,c\n1,2,3\n1,2\n1,2,3,,\n1,2,3,4\n\n,,\n7,8,9\na,b,c\n");
  EXPECT_EQ(table.rows.size(), 3u);
  ASSERT_EQ(table.refused.size(), 3u);
  EXPECT_EQ(table.refused[0].line, 3);
  EXPECT_EQ(table.refused[0].reason, "has 2 cells where the header has 3");
  EXPECT_EQ(table.refused[1].text, "1,2,3,4");
  EXPECT_EQ(table.refused[2].reason, "repeats the header");
  const ReadTableWhole trailing = One("a,b,,\n1,2,,\n3,4,,\n5,6,x,\n");
  EXPECT_THAT(trailing.head.header, ElementsAre("a", "b"));
  EXPECT_EQ(trailing.refused.size(), 1u);
}

TEST(Tables, HeadersAreOnlyText) {
  const ReadTableWhole table =
      One("Views,Views,'; DROP TABLE x; --,Phone number clicks \n1,2,3,4\n5,6,7,8\n");
  EXPECT_THAT(table.head.header, ElementsAre("Views", "Views", "'; DROP TABLE x; --", "Phone number clicks"));
  const std::string longest(1 << 20, 'x');
  EXPECT_EQ(One(longest + ",b\n1,2\n").head.header[0].size(), longest.size());
}

TEST(Tables, OldEncodingsAreGuessedAndItIsSaid) {
  const ReadTableWhole spanish =
      One("Categor\xed"
          "a;A\xf1o;Interacciones\nDise\xf1o;2014;5\nFotograf\xed"
          "a;2015;6\n");
  EXPECT_EQ(spanish.head.encoding, "windows-1252");
  EXPECT_TRUE(spanish.head.encoding_guessed);
  EXPECT_EQ(spanish.head.header[1], "Año");
  const ReadTableWhole bulgarian = One(
      "\xc4\xe0\xf2\xe0;\xcf\xf3\xe1\xeb\xe8\xea\xe0\xf6\xe8\xff;\xd5\xe0\xf0\xe5\xf1\xe2\xe0\xed\xe8\xff\n1."
      "1.2024;\xcd\xee\xe2\xe0 "
      "\xea\xee\xeb\xe5\xea\xf6\xe8\xff;5\n2.1.2024;\xc1\xeb\xe0\xe3\xee\xe4\xe0\xf0\xe8\xec \xe2\xe8;6\n");
  EXPECT_EQ(bulgarian.head.encoding, "windows-1251");
  EXPECT_EQ(bulgarian.head.header[0], "Дата");
  EXPECT_FALSE(One("\xef\xbb\xbf"
                   "a,b\nü,1\n")
                   .head.encoding_guessed);
}

TEST(Tables, BadBytesDeepInsideRefuseTheirRecordOnly) {
  std::string text = "a,b\n";
  for (int i = 0; i < 20000; ++i)
    text += i == 15000 ? "x,\xff!\n" : i == 15001 ? std::string("z,\0\n", 4) : "ä,\"ö \"\"q\"\"\"\n";
  const ReadTableWhole table = One(text);
  EXPECT_EQ(table.rows.size(), 19998u);
  EXPECT_EQ(table.rows.back()[1], "ö \"q\"");
  ASSERT_EQ(table.refused.size(), 2u);
  EXPECT_EQ(table.refused[0].line, 15002);
  EXPECT_EQ(table.refused[0].column, 2);
  EXPECT_EQ(table.refused[0].text, "x,?!");
}

TEST(Tables, JsonObjectsAreFlattened) {
  const ReadTableWhole lines =
      One("{\"id\":1,\"u\":{\"name\":\"a\",\"t\":[1, "
          "{\"x\":\"]\"}]}}\n{\"id\":12345678901234567890,\"z\":null,\"u\":{\"name\":"
          "\"\\u00e9\\ud83d\\ude00\"}}\nnot json\n{\"id\":tru}\n{\"late\":1}\n");
  EXPECT_THAT(lines.head.header, ElementsAre("id", "u.name", "u.t", "z", "late"));
  ASSERT_EQ(lines.rows.size(), 3u);
  EXPECT_THAT(lines.rows[0], ElementsAre("1", "a", "[1, {\"x\":\"]\"}]", "", ""));
  EXPECT_THAT(lines.rows[1], ElementsAre("12345678901234567890", "é😀", "", "", ""));
  EXPECT_THAT(lines.lines, ElementsAre(1, 2, 5));
  EXPECT_EQ(lines.refused.size(), 2u);
  const ReadTableWhole array = One("[\n {\"a\":1,\"b\":true},\n {\"a\":2.50,\"b\":false}\n]");
  EXPECT_THAT(array.rows, ElementsAre(ElementsAre("1", "true"), ElementsAre("2.50", "false")));
}

TEST(Hostile, EachEndsInOneSentence) {
  const std::string quoted = "a,b\n1,\"" + std::string(17 << 20, 'x') + "\"\n";
  const ReadFileWhole field = ReadWhole(quoted);
  ASSERT_EQ(field.tables.size(), 1u) << field.fault;
  EXPECT_THAT(field.tables[0].fault, HasSubstr("file.csv:2:2: the cell is longer than 16777216 bytes"));
  std::string wide = "c";
  for (int i = 1; i < 200000; ++i) wide += ",c" + std::to_string(i);
  EXPECT_THAT(ReadWhole(wide + "\n" + wide + "\n").fault,
              HasSubstr("file.csv:1: the line has more than 16384 columns"));
  EXPECT_EQ(ReadWhole("\x89PNG\r\n\x1a\n\rIHDR", "photo.csv").fault,
            "photo.csv: is a PNG image, not a table");
  EXPECT_THAT(ReadWhole(std::string("a,b\n1,\0\n", 8)).fault, HasSubstr("holds zero bytes"));
  EXPECT_THAT(ReadWhole("<!DOCTYPE html><html>").fault, HasSubstr("is a web page"));
  EXPECT_THAT(ReadWhole("").fault, HasSubstr("is empty"));
  EXPECT_THAT(ReadWhole("\n\n \n").fault, HasSubstr("holds no table"));
  EXPECT_THAT(ReadWhole("a,b\n1,2\n2,\"x\n2,y\n").fault,
              HasSubstr("file.csv:3: a quote opened here is never closed"));
  EXPECT_THAT(ReadWhole("[{\"a\":" + std::string(1'000'000, '[') + "}").fault,
              HasSubstr("none of its first objects"));
  EXPECT_THAT(ReadWhole("{\"a\":1}\n{\"b\":").tables.at(0).fault,
              HasSubstr("file.csv:2: the file ends inside the object"));
  std::string crowd;
  for (int i = 0; i < 1001; ++i) crowd += "a,b\n1,2\n\n";
  EXPECT_THAT(ReadWhole(crowd).fault, HasSubstr("file.csv: holds more than 1000 tables"));
  std::string cut = Utf16(kFollows);
  cut.pop_back();
  const ReadFileWhole half = ReadWhole(cut);
  ASSERT_EQ(half.tables.size(), 2u) << half.fault;
  EXPECT_THAT(half.tables[1].fault, HasSubstr("file.csv:10: the text ends inside a character"));
}

TEST(Hostile, AQuoteThatStaysOpenFarBehindNamesItsLine) {
  std::string text = "a,b\n";
  const std::string filler(200, 'y');
  for (int i = 0; i < 30'000; ++i) text += filler + ",456\n";
  text += "7,\"open\n";
  for (int i = 0; i < 100; ++i) text += "1,2\n";
  const ReadFileWhole file = ReadWhole(text);
  ASSERT_EQ(file.tables.size(), 1u) << file.fault;
  EXPECT_EQ(file.tables[0].rows.size(), 30'000u);
  EXPECT_THAT(file.tables[0].fault, HasSubstr("file.csv:30002: a quote opened here is never closed"));
}

/// Writes cells in one of the ways in which programs write tables.
std::string Write(const std::vector<std::vector<std::string>>& table, char separator, bool always_quote,
                  const std::string& line_end, std::mt19937& random) {
  std::string text;
  for (const auto& row : table) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += separator;
      const bool must = row[i].find_first_of(std::string("\"\r\n") + separator) != std::string::npos;
      if (!must && !always_quote && random() % 4 > 0) {
        text += row[i];
        continue;
      }
      text += '"';
      for (const char c : row[i]) text += c == '"' ? "\"\"" : std::string(1, c);
      text += '"';
    }
    text += line_end;
  }
  if (random() % 2 == 0) text.resize(text.size() - line_end.size());
  return text;
}

std::string Word(std::mt19937& random, bool rich) {
  static const std::vector<std::string> kPieces = {
      "a", "Z", "7", " ", ",", ";", "|", "\"", "\n", "\r\n", "é", "日", "\U0001F600", "'", "=1+1", "--", "x"};
  std::string word = "w";
  for (std::size_t i = random() % 12; i > 0; --i)
    word += kPieces[rich ? random() % kPieces.size() : random() % 3];
  return word;
}

TEST(RoundTrip, AnyTableReadsBackAsItWasWritten) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const char separator = ",;\t|"[random() % 4];
    const std::size_t columns = 2 + random() % 6, rows = 3 + random() % 40;
    std::vector<std::vector<std::string>> table(1);
    for (std::size_t i = 0; i < columns; ++i)
      table[0].push_back("Column " + std::string(1, static_cast<char>('A' + i)));
    for (std::size_t r = 0; r < rows; ++r) {
      auto& row = table.emplace_back();
      row.push_back(std::to_string(r));
      for (std::size_t i = 1; i < columns; ++i) row.push_back(random() % 5 == 0 ? "" : Word(random, true));
    }
    std::string text = Write(table, separator, random() % 3 == 0, random() % 2 ? "\n" : "\r\n", random);
    if (random() % 3 == 0) text = "\xef\xbb\xbf" + text;
    const ReadFileWhole file = ReadWhole(text);
    ASSERT_EQ(file.tables.size(), 1u) << "seed " << seed << ": " << file.fault << "\n" << text;
    const ReadTableWhole& read = file.tables[0];
    ASSERT_EQ(read.head.separator, separator) << "seed " << seed << "\n" << text;
    ASSERT_EQ(read.head.header, table[0]) << "seed " << seed;
    table.erase(table.begin());
    ASSERT_EQ(read.rows, table) << "seed " << seed << "\n" << text;
    ASSERT_THAT(read.refused, IsEmpty()) << "seed " << seed;
    const std::size_t sampled = std::min<std::size_t>(50, table.size());
    ASSERT_EQ(read.head.sample,
              decltype(table)(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(sampled)));
  }
}

TEST(RoundTrip, RecordsAcrossBlocksAndBatchesStayWhole) {
  std::mt19937 random(5);
  std::vector<std::vector<std::string>> table = {{"Id", "Caption", "Likes"}};
  for (std::size_t r = 0; r < 20'000; ++r) {
    std::string caption =
        r % 10'000 == 7 ? std::string(3 << 20, 'y') : Word(random, true) + Word(random, true);
    table.push_back({std::to_string(r), caption, std::to_string(random() % 1000)});
  }
  const std::string text = Write(table, ',', false, "\n", random);
  table.erase(table.begin());
  const ReadTableWhole read = One(text);
  EXPECT_TRUE(read.rows == table);
  EXPECT_THAT(read.refused, IsEmpty());
}

std::filesystem::path Shared() {
  const char* given = std::getenv("BACKCAST_SHARED");
  return std::filesystem::path(given != nullptr ? given : BACKCAST_SOURCE_DIR "/../shared") /
         (given != nullptr ? "" : "data");
}

TEST(RealFiles, AllOpenAndLoseNothing) {
  if (!std::filesystem::exists(Shared())) GTEST_SKIP() << "no real exports at " << Shared();
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(Shared())) {
    const std::string end = entry.path().extension();
    if (end != ".csv" && end != ".txt" && end != ".json") continue;
    ++files;
    auto readers = OpenRecords(entry.path());
    ASSERT_TRUE(readers.ok()) << ToSentence(readers.error());
    ASSERT_EQ(readers.value().size(), 1u) << entry.path();
    std::vector<RefusedRecord> refused;
    RecordBatch batch;
    for (;;) {
      const auto more = readers.value()[0]->Next(batch, refused);
      ASSERT_TRUE(more.ok()) << ToSentence(more.error());
      if (!more.value()) break;
    }
    EXPECT_THAT(refused, IsEmpty()) << entry.path();
  }
  EXPECT_GT(files, 100u);
}

TEST(RealFiles, RowsAreThoseOfTheReferenceResults) {
  if (!std::filesystem::exists(Shared())) GTEST_SKIP() << "no real exports at " << Shared();
  struct Known {
    const char* path;
    std::size_t rows, columns;
  };
  for (const Known& known :
       {Known{"x-analytics-lisadebruine/tweet_activity_metrics_LisaDeBruine_20210401_20210501_en.csv", 305,
              40},
        Known{"x-analytics-lisadebruine/daily_tweet_activity_metrics_LisaDeBruine_20210201_20210301_en.csv",
              28, 38},
        Known{"youtube-studio-geography-codingtrain/Chart data.csv", 73365, 3},
        Known{"youtube-studio-geography-codingtrain/Table data.csv", 202, 4},
        Known{"youtube-studio-content-excerpt/Table data.csv", 13, 19},
        Known{"uci-facebook-metrics/dataset_Facebook.csv", 500, 19},
        Known{"uci-online-shoppers/online_shoppers_intention.csv", 12330, 18},
        Known{"nyc-social-media-usage/NYC_Social_Media_Usage.csv", 5899, 5},
        Known{"twitter-us-airline-sentiment/Tweets.csv", 14640, 15},
        Known{"channelattribution-paths/Data_first5000.csv", 5000, 4},
        Known{"vader-groundtruth/tweets_GroundTruth.txt", 4200, 3}}) {
    auto readers = OpenRecords(Shared() / known.path);
    ASSERT_TRUE(readers.ok()) << ToSentence(readers.error());
    EXPECT_EQ(readers.value()[0]->head().header.size(), known.columns) << known.path;
    std::vector<RefusedRecord> refused;
    RecordBatch batch;
    std::size_t rows = 0;
    while (readers.value()[0]->Next(batch, refused).value()) rows += batch.rows();
    EXPECT_EQ(rows, known.rows) << known.path;
  }
}

}  // namespace
}  // namespace backcast
