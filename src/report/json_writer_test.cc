// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace backcast {
namespace {

using Json = JsonWriter::Json;

std::string Dumped(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

TEST(JsonWriter, WritesTreesAsTheLibraryDumpsThem) {
  const Json trees[] = {Json::object(),
                        Json::array(),
                        Json{{"a", 1}, {"b", {{"empty", Json::object()}, {"none", Json::array()}}}},
                        Json{{"list", {1, 2.5, nullptr, true, "x\"y\\\n\x01", {{"deep", {3, 4}}}}}},
                        Json("bare"),
                        Json("ä \xff\xc3")};
  for (const Json& tree : trees) {
    JsonWriter writer;
    writer.Tree(tree);
    EXPECT_EQ(writer.Take(), Dumped(tree));
  }
}

TEST(JsonWriter, WritesValuesAsTheLibraryDumpsThem) {
  const double numbers[] = {0.0,  -0.0,       1.0,   0.1,  1e15,   1e16,    1e300,
                            1e-5, 123456.789, -3.25, 1e20, 5e-324, 2.0 / 3, 45494210};
  const std::string words[] = {"", "plain", "q\"uote", "tab\t", "Zürich", "del\x7f", "broken\xff", "a/b"};
  JsonWriter writer;
  Json tree = Json::object();
  writer.Begin('{');
  int count = 0;
  for (const double number : numbers) {
    const std::string key = "n\"" + std::to_string(count++);
    tree[key] = number;
    writer.Key(key);
    writer.Number(number);
  }
  Json list = Json::array();
  writer.Key("words");
  writer.Begin('[');
  for (const std::string& word : words) {
    list.push_back(word);
    writer.Text(word);
  }
  writer.End(']');
  tree["words"] = list;
  tree["rest"] = {7, false, nullptr, nullptr};
  writer.Key("rest");
  writer.Begin('[');
  writer.Integer(7);
  writer.Bool(false);
  writer.Number(std::nullopt);
  writer.Number(std::numeric_limits<double>::infinity());
  writer.End(']');
  writer.End('}');
  EXPECT_EQ(writer.Take(), Dumped(tree));
}

}  // namespace
}  // namespace backcast
