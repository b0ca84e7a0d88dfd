// SPDX-License-Identifier: Apache-2.0
#include "state/forgotten.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace backcast {
namespace {

TEST(ForgottenMarks, AreKeptOnceAndReadInOrder) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("backcast-forgotten-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(ReadForgotten(folder.string()).ok());
  EXPECT_TRUE(ReadForgotten(folder.string()).value().empty());
  ASSERT_TRUE(KeepForgotten(folder.string(), {"b", "a"}, "2026-03-01").ok());
  ASSERT_TRUE(KeepForgotten(folder.string(), {"a", "c'; drop table forgotten --"}, "2026-03-02").ok());
  EXPECT_EQ(ReadForgotten(folder.string()).value(),
            (std::vector<std::string>{"a", "b", "c'; drop table forgotten --"}));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace backcast
