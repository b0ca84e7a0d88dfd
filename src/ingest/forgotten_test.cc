// SPDX-License-Identifier: Apache-2.0
#include "ingest/forgotten.h"

#include <gtest/gtest.h>

#include "ingest/person.h"

namespace backcast {
namespace {

TEST(Forgotten, AMarkIsNoneOfTheIdsInTheLake) {
  const std::string id = PersonId("salt", "anna@example.com");
  const std::string mark = ForgottenMark("salt", "person", id);
  EXPECT_EQ(mark.size(), 32u);
  EXPECT_NE(mark, id);
  EXPECT_NE(mark, ForgottenMark("salt", "session_id", id));
  EXPECT_NE(mark, ForgottenMark("other", "person", id));
}

TEST(Forgotten, KnowsOnlyWhatWasForgotten) {
  const Forgotten forgotten("salt", {ForgottenMark("salt", "person", "a")});
  EXPECT_TRUE(forgotten.Has("person", "a"));
  EXPECT_FALSE(forgotten.Has("person", "b"));
  EXPECT_FALSE(forgotten.Has("session_id", "a"));
  EXPECT_TRUE(Forgotten().empty());
}

}  // namespace
}  // namespace backcast
