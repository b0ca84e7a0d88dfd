// SPDX-License-Identifier: Apache-2.0
#include "text/language.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/yaml.h"
#include "text/normal.h"
#include "text/shared_texts_test.h"

namespace backcast {
namespace {

const LanguageModel& Shipped() {
  static const LanguageModel model = LanguageModel::Shipped().value();
  return model;
}

Language Read(std::string_view text, const LanguageModel& model = Shipped()) {
  static const Emoticons none;
  std::string room;
  std::vector<TextToken> tokens;
  const std::string_view normal = Normalise(text, room);
  Tokenise(normal, none, tokens);
  return model.Read(normal, tokens);
}

std::string Code(std::string_view text, const LanguageModel& model = Shipped()) {
  return std::string(model.CodeOf(Read(text, model)));
}

TEST(LanguageModel, KnowsSixtyLanguages) {
  EXPECT_EQ(Shipped().codes().size(), 61U);
  EXPECT_EQ(Shipped().codes().front(), "und");
}

TEST(LanguageModel, ReadsShortPosts) {
  std::ifstream file(std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/text/cases/languages.yaml");
  const std::string yaml(std::istreambuf_iterator<char>(file), {});
  const auto cases = ParseYaml(yaml, "languages.yaml");
  ASSERT_TRUE(cases.ok()) << ToSentence(cases.error());
  double right = 0, wrong = 0, all = 0;
  for (const Yaml::Entry& entry : cases.value().entries) {
    for (const std::string& text : entry.value.Texts()) {
      const std::string called = Code(text);
      if (entry.key == "und") {
        EXPECT_EQ(called, "und") << text;
        continue;
      }
      ++all;
      right += called == entry.key ? 1 : 0;
      if (called == entry.key || called == "und") continue;
      ++wrong;
      RecordProperty("wrong", text);
    }
  }
  EXPECT_EQ(all, 107);
  EXPECT_GE(right / all, 0.95);
  EXPECT_LE(wrong / all, 0.02);
}

TEST(LanguageModel, ReadsTweets) {
  const auto file = SharedTexts("vader-groundtruth/tweets_GroundTruth.txt");
  if (!file) GTEST_SKIP() << "the judged tweets are not beside the repository";
  double english = 0, unsure = 0, all = 0;
  for (std::size_t at = 0; at < file->size(); ++all) {
    const std::size_t end = file->find('\n', at), second = file->find('\t', file->find('\t', at) + 1);
    const std::string code = Code(std::string_view(*file).substr(second + 1, end - second - 1));
    english += code == "en" ? 1 : 0;
    unsure += code == "und" ? 1 : 0;
    at = end == file->npos ? file->size() : end + 1;
  }
  EXPECT_NEAR(english / all, 0.923, 0.01);
  EXPECT_NEAR(unsure / all, 0.064, 0.01);
  EXPECT_GT(english / (all - unsure), 0.98) << "of those that are called";
}

TEST(LanguageModel, CanBeToldWhatThereIs) {
  LanguageModel model = Shipped();
  ASSERT_TRUE(model.Restrict({"de", "en"}).ok());
  EXPECT_EQ(Code("Ik wacht al twee weken op een antwoord van jullie", Shipped()), "nl");
  EXPECT_NE(Code("Ik wacht al twee weken op een antwoord van jullie", model), "nl");
  EXPECT_EQ(Code("Ich warte seit zwei Wochen auf eine Antwort", model), "de");
  EXPECT_EQ(ToSentence(model.Restrict({"deu"}).error()),
            "the language 'deu' is not known; did you mean 'de'?");
  ASSERT_TRUE(model.Restrict({}).ok());
  EXPECT_EQ(Code("Ik wacht al twee weken op een antwoord van jullie", model), "nl");
}

TEST(LanguageModel, AnyWordsAreRead) {
  EXPECT_EQ(Code(std::string(100'000, 'x')), "und");
  EXPECT_EQ(Code(std::string(1000, '\'')), "und");
  std::string words;
  for (int i = 0; i < 1000; ++i) words += "the quick brown fox ";
  EXPECT_EQ(Code(words), "en");
  EXPECT_LE(Read(words).score, 1.0F);
}

}  // namespace
}  // namespace backcast
