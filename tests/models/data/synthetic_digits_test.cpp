#include <xgrad/framework/io/sha256.hpp>
#include <xgrad/models/data/digit_sheet.hpp>
#include <xgrad/models/data/synthetic_digits.hpp>

#include <boost/test/unit_test.hpp>
#include <tbb/global_control.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace {

constexpr std::size_t pixels = 28 * 28;

std::span<const std::uint8_t> image(const xgrad::LabelledImages& set, std::size_t index) {
  return {set.images.data() + index * pixels, pixels};
}

std::string digest(const xgrad::LabelledImages& set) {
  xgrad::Sha256 hash;
  hash.update(std::as_bytes(std::span(set.images.data(), set.images.size())));
  hash.update(std::as_bytes(std::span(set.labels.data(), set.labels.size())));
  return hash.hex_digest();
}

/// The share of `test` whose class is the one with the nearest mean image in `train`.
double nearest_mean_accuracy(const xgrad::LabelledImages& train, const xgrad::LabelledImages& test) {
  std::array<std::vector<double>, 10> mean;
  std::array<double, 10> count{};
  mean.fill(std::vector<double>(pixels));
  for (std::size_t i = 0; i < train.labels.size(); ++i) {
    count[train.labels(i)] += 1;
    for (std::size_t p = 0; p < pixels; ++p) mean[train.labels(i)][p] += image(train, i)[p];
  }
  int hits = 0;
  for (std::size_t i = 0; i < test.labels.size(); ++i) {
    std::array<double, 10> distance{};
    for (std::size_t digit = 0; digit < 10; ++digit) {
      for (std::size_t p = 0; p < pixels; ++p) {
        const double difference = mean[digit][p] / count[digit] - image(test, i)[p];
        distance[digit] += difference * difference;
      }
    }
    hits += std::min_element(distance.begin(), distance.end()) - distance.begin() == test.labels(i);
  }
  return static_cast<double>(hits) / static_cast<double>(test.labels.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(synthetic_digits)

BOOST_AUTO_TEST_CASE(has_the_form_of_mnist) {
  auto [train, test] = xgrad::synthetic_digits({.train = 5000, .test = 30});
  auto& [x_train, y_train] = train;
  BOOST_TEST(x_train.dimension() == 3u);
  BOOST_TEST(x_train.shape(0) == 5000u);
  BOOST_TEST(x_train.shape(1) == 28u);
  BOOST_TEST(x_train.shape(2) == 28u);
  BOOST_TEST(y_train.dimension() == 1u);
  BOOST_TEST(y_train.size() == 5000u);
  BOOST_TEST(test.images.shape(0) == 30u);
  BOOST_TEST(test.labels.size() == 30u);

  std::array<int, 10> histogram{};
  for (auto label : y_train) {
    BOOST_REQUIRE(label < 10);
    ++histogram[label];
  }
  // Five standard deviations of a count with probability 0.1.
  for (int hits : histogram) BOOST_TEST(std::abs(hits - 500) < 5 * std::sqrt(5000 * 0.1 * 0.9));
}

BOOST_AUTO_TEST_CASE(empty_sets_are_empty) {
  const auto [train, test] = xgrad::synthetic_digits({.train = 0, .test = 0});
  BOOST_TEST(train.images.size() == 0u);
  BOOST_TEST(test.labels.size() == 0u);
}

BOOST_AUTO_TEST_CASE(every_image_is_ink_of_mnist_size_around_the_middle) {
  const auto set = xgrad::synthetic_digits({.train = 2000, .test = 0}).train;
  for (std::size_t i = 0; i < 2000; ++i) {
    BOOST_TEST_CONTEXT("image " << i << '\n' << xgrad::ascii_digit(xt::view(set.images, i))) {
      double mass = 0, moment_x = 0, moment_y = 0;
      int top = 28, bottom = -1, left = 28, right = -1;
      for (int p = 0; p < static_cast<int>(pixels); ++p) {
        const int grey = image(set, i)[static_cast<std::size_t>(p)], row = p / 28, column = p % 28;
        mass += grey;
        moment_x += grey * (column - 13.5);
        moment_y += grey * (row - 13.5);
        if (grey > 0) {
          top = std::min(top, row), bottom = std::max(bottom, row);
          left = std::min(left, column), right = std::max(right, column);
        }
      }
      BOOST_TEST(std::abs(moment_x / mass) <= 0.51);
      BOOST_TEST(std::abs(moment_y / mass) <= 0.51);
      const int size = std::max(bottom - top, right - left) + 1;
      BOOST_TEST(size >= 18);
      BOOST_TEST(size <= 23);
      BOOST_TEST(mass / 255 > 15);
      BOOST_TEST(mass / 255 < 300);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_image_depends_on_seed_set_and_index_alone) {
  const auto few = xgrad::synthetic_digits({.train = 100, .test = 100, .seed = 5});
  const auto many = xgrad::synthetic_digits({.train = 333, .test = 200, .seed = 5});
  const xt::xarray<std::uint8_t> first = xt::view(many.train.images, xt::range(0, 100));
  BOOST_TEST((first == few.train.images));
  BOOST_TEST(digest(many.train) != digest(xgrad::synthetic_digits({.train = 333, .test = 0, .seed = 6}).train));
  BOOST_TEST(digest(few.train) != digest(few.test));

  std::set<std::string> different;
  for (const auto* set : {&many.train, &many.test}) {
    for (std::size_t i = 0; i < set->labels.size(); ++i) {
      different.emplace(image(*set, i).begin(), image(*set, i).end());
    }
  }
  BOOST_TEST(different.size() == 533u);
}

BOOST_AUTO_TEST_CASE(any_number_of_threads_gives_the_same_bytes) {
  std::set<std::string> digests;
  for (std::size_t threads : {1, 2, 8}) {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    digests.insert(digest(xgrad::synthetic_digits({.train = 1000, .test = 0}).train));
  }
  BOOST_TEST(digests.size() == 1u);
}

// Without fused multiply-adds the sum is 27939838 with any compiler options; with them single pixels move by one.
BOOST_AUTO_TEST_CASE(every_machine_draws_the_same_images) {
  const auto set = xgrad::synthetic_digits({.train = 1000, .test = 0, .seed = 1}).train;
  const auto sum = std::accumulate(set.images.data(), set.images.data() + set.images.size(), 0);
  BOOST_TEST(std::abs(sum - 27939838) < 100);
}

// Means of the real MNIST reach 0.82; what means alone could tell apart would be too easy.
BOOST_AUTO_TEST_CASE(classes_can_be_told_apart_but_not_trivially) {
  const auto [train, test] = xgrad::synthetic_digits({.train = 5000, .test = 1000});
  const double accuracy = nearest_mean_accuracy(train, test);
  BOOST_TEST(accuracy > 0.70);
  BOOST_TEST(accuracy < 0.92);
}

BOOST_AUTO_TEST_SUITE_END()
