// SPDX-License-Identifier: Apache-2.0
#include "text/sentiment.h"

#include <gtest/gtest.h>

#include <cmath>

#include "text/normal.h"
#include "text/shared_texts_test.h"

namespace backcast {
namespace {

const Lexicon& Shipped() {
  static const Lexicon lexicon = Lexicon::Shipped().value();
  return lexicon;
}

Sentiment Read(std::string_view text, const Lexicon& lexicon = Shipped()) {
  SentimentScorer scorer(lexicon);
  std::string room;
  std::vector<TextToken> tokens;
  const std::string_view normal = Normalise(text, room);
  Tokenise(normal, lexicon.emoticons(), tokens);
  return scorer.Score(normal, tokens);
}

double Feel(std::string_view text, const Lexicon& lexicon = Shipped()) {
  return Read(text, lexicon).compound;
}

TEST(Sentiment, PhrasesHoldWordsOfAnyKind) {
  Lexicon lexicon = Shipped();
  ASSERT_TRUE(
      lexicon
          .Overlay(
              "words: {'thanks \U0001f44d': -3, 'na\u00efve zebra': -2, 'zebra \u00fcber alles': 2, "
              "'8 zebras': 1, \"won't zebra-ride\": -1, 'zebra :)': -3, supercalifragilistic zebra: 3}\n",
              "brand.yaml")
          .ok());
  for (const char* text : {"thanks \U0001f44d", "Na\u00efve, ZEBRA", "zebra \u00dcber alles",
                           "won't zebra-ride", "zebra :)", "Supercalifragilistic zebra"}) {
    const std::string plain = std::string(text) + " we said";
    EXPECT_EQ(Read("oh " + plain, lexicon).weighed, 1) << text;
    EXPECT_NE(Feel(plain, lexicon), Feel(plain)) << text;
  }
  EXPECT_EQ(Feel("na\u00efve. zebra", lexicon), Feel("na\u00efve. zebra"));
}

// What the reference scorer (vaderSentiment 3.3.2) says of sentences on which its rules and ours are the
// same.
TEST(Sentiment, AgreesWithTheReferenceWhereTheRulesAreTheSame) {
  const std::pair<const char*, double> cases[] = {
      {"The new store is lovely.", 0.5859},
      {"The new store is very lovely!", 0.6581},
      {"The new store is LOVELY and the staff are kind.", 0.8374},
      {"It was barely good.", 0.3832},
      {"I do not like the colour", -0.2755},
      {"The trailer was good, but the film was terrible.", -0.4939},
      {"The crew is nice :)", 0.7003},
      {"Are you happy??", 0.6199},
      {"Worst breakfast ever!!!", -0.7163},
      {"There was never a good reason", -0.3412},
      {"She is sort of happy", 0.5279},
      {"nothing here feels wrong", 0.3724},
      {"This cake is good", 0.4404},
      {"I hope they win the great final", 0.8957},
      {"I trust them totally", 0.5106},
      {"Everyone arrived at nine on Monday.", 0.0},
      {"I am neither sad nor angry", 0.0758},
      {"At least it isn't a horrible book", 0.431},
      {"You will HATE it", -0.6633},
      {"", 0.0},
      {"The food is good, the music is bad", -0.1531},
  };
  for (const auto& [text, expected] : cases) EXPECT_NEAR(Feel(text), expected, 1e-4) << text;
}

TEST(Sentiment, KnowsNegation) {
  for (const char* good :
       {"not bad", "not bad at all", "no problem", "No problems so far", "no worries mate",
        "never disappoints", "can't wait to see it", "couldn't be happier", "I have never slept so well",
        "Can't say I disagree", "without a doubt the best", "isn't a horrible book"})
    EXPECT_GT(Feel(good), kSentimentCut) << good;
  for (const char* bad :
       {"I didn't love it", "not good", "didnt like it", "no good", "thanks for nothing", "It doesn't work",
        "not a great day", "hardly any help", "lacks charm", "never again"})
    EXPECT_LT(Feel(bad), -kSentimentCut) << bad;
  EXPECT_GT(Feel("I am not here. Great staff"), kSentimentCut) << "a negation ends with its sentence";
  EXPECT_GT(Feel("not here \U0001f60d"), kSentimentCut) << "and turns no picture";
  EXPECT_GT(Feel("nope :)"), kSentimentCut);
}

TEST(Sentiment, KnowsPictures) {
  EXPECT_GT(Feel("\U0001f60d"), 0.5);
  EXPECT_LT(Feel("\U0001f494"), -0.4) << "a broken heart";
  EXPECT_EQ(Feel("ok \U0001f44d\U0001f3fd"), Feel("ok \U0001f44d")) << "skin tone";
  EXPECT_EQ(Feel("\u2764\ufe0f"), Feel("\u2764"));
  EXPECT_GT(Feel("\U0001f602\U0001f602\U0001f602"), Feel("\U0001f602")) << "louder";
  EXPECT_LT(Feel(std::string("\U0001f602\U0001f602\U0001f602\U0001f602\U0001f602\U0001f602\U0001f602")), 0.9)
      << "but not anew";
  EXPECT_GT(Feel("&lt;3"), 0.3);
  EXPECT_LT(Feel(":'("), -0.3);
}

TEST(Sentiment, KnowsHowPostsAreWritten) {
  EXPECT_GT(Feel("so gooood"), 0.4);
  EXPECT_LT(Feel("baaaaad"), -0.4);
  EXPECT_LT(Feel("#NotHappy"), -kSentimentCut);
  EXPECT_GT(Feel("#awesome"), 0.5);
  EXPECT_EQ(Feel("the customer service line"), 0);
  EXPECT_EQ(Feel("http://great.example/love @happy love@example.com"), 0) << "names feel nothing";
  EXPECT_GT(Feel("GREAT day today"), Feel("great day today"));
  EXPECT_EQ(Feel("GREAT DAY"), Feel("great day")) << "all in capitals says nothing";
  EXPECT_GT(Feel("\U0001d4f0\U0001d4fb\U0001d4ee\U0001d4ea\U0001d4fd"), 0.5) << "great, in script letters";
}

TEST(Sentiment, KnowsTheWordsOfABrand) {
  Lexicon lexicon = Lexicon::Shipped().value();
  EXPECT_LT(Feel("this beat is sick"), 0);
  EXPECT_EQ(Feel("they left my suitcase in Rome"), 0);
  ASSERT_TRUE(lexicon.Overlay("words: {sick: 2.2, left my suitcase: -2.5}\n", "brand.yaml").ok());
  EXPECT_GT(Feel("this beat is sick", lexicon), 0.4);
  EXPECT_LT(Feel("they left my suitcase in Rome", lexicon), -0.4);
  EXPECT_LT(Feel("not sick", lexicon), 0) << "and they can be turned";
}

TEST(Sentiment, SharesSumToOne) {
  for (const char* text :
       {"good", "bad day", "the cat sat", "love it but hate the price!!", "\U0001f60d\U0001f494"}) {
    const Sentiment sentiment = Read(text);
    EXPECT_NEAR(sentiment.positive + sentiment.negative + sentiment.neutral, 1, 1e-12) << text;
    EXPECT_LE(std::abs(sentiment.compound), 1) << text;
  }
  EXPECT_EQ(Read("").neutral, 0);
  EXPECT_EQ(Read("love love hate").weighed, 3);
  std::string much;
  for (int i = 0; i < 20'000; ++i) much += "love! ";
  EXPECT_EQ(Feel(much), 1);
}

struct Correlation {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0, n = 0;
  void Add(double a, double b) { x += a, y += b, xx += a * a, yy += b * b, xy += a * b, ++n; }
  double r() const { return (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y)); }
};

int Sign(double value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }
int Called(double compound) { return compound >= kSentimentCut ? 1 : compound <= -kSentimentCut ? -1 : 0; }

// 4,200 tweets, each judged by twenty people. The reference scorer: r = 0.8722, same sign 0.9210.
TEST(Sentiment, IsNearerToPeopleThanTheReference) {
  const auto file = SharedTexts("vader-groundtruth/tweets_GroundTruth.txt");
  if (!file) GTEST_SKIP() << "the judged tweets are not beside the repository";
  Correlation people;
  double same = 0;
  for (std::size_t at = 0; at < file->size();) {
    const std::size_t end = file->find('\n', at), first = file->find('\t', at),
                      second = file->find('\t', first + 1);
    const double judged = std::stod(file->substr(first + 1, second - first - 1));
    const double compound = Feel(std::string_view(*file).substr(second + 1, end - second - 1));
    people.Add(compound, judged);
    same += Called(compound) == Sign(judged) ? 1 : 0;
    at = end == file->npos ? file->size() : end + 1;
  }
  ASSERT_EQ(people.n, 4200);
  EXPECT_GT(people.r(), 0.8722);
  EXPECT_NEAR(people.r(), 0.879, 0.004);
  EXPECT_NEAR(same / people.n, 0.922, 0.005);
}

// 14,640 tweets to airlines, labelled by hand. The reference scorer is right in 0.4898 of them.
TEST(Sentiment, AccuracyOnMessagesToAirlines) {
  const auto file = SharedTexts("twitter-us-airline-sentiment/Tweets.csv");
  if (!file) GTEST_SKIP() << "the labelled tweets are not beside the repository";
  const auto rows = CsvRows(*file);
  ASSERT_EQ(rows.size(), 14640U);
  const auto accuracy = [&](const Lexicon& lexicon) {
    double right = 0;
    for (const auto& row : rows) {
      const int label = row[1] == "positive" ? 1 : row[1] == "negative" ? -1 : 0;
      right += Called(Feel(row[10], lexicon)) == label ? 1 : 0;
    }
    return right / static_cast<double>(rows.size());
  };
  Lexicon lexicon = Lexicon::Shipped().value();
  EXPECT_NEAR(accuracy(lexicon), 0.566, 0.01);
  ASSERT_TRUE(lexicon.AddDomain("care").ok());
  EXPECT_NEAR(accuracy(lexicon), 0.65, 0.01);
  std::ifstream overlay(std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/text/cases/airline.yaml");
  const std::string yaml(std::istreambuf_iterator<char>(overlay), {});
  const auto added = lexicon.Overlay(yaml, "airline.yaml");
  ASSERT_TRUE(added.ok()) << ToSentence(added.error());
  EXPECT_NEAR(accuracy(lexicon), 0.681, 0.01);
}

}  // namespace
}  // namespace backcast
