#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/models/training/batch_function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace xgrad;

namespace {

/// The rows of `array` in the order of `positions`, as float32.
std::vector<float> rows_of(const Array& array, std::span<const std::int64_t> positions) {
  const auto elements = array.cast(DType::float32);
  const auto width = static_cast<std::int64_t>(array.size()) / array.shape()[0];
  std::vector<float> result;
  for (const auto position : positions) {
    const auto row =
        elements.data<float>().subspan(static_cast<std::size_t>(position * width), static_cast<std::size_t>(width));
    result.insert(result.end(), row.begin(), row.end());
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batch_function)

BOOST_AUTO_TEST_CASE(elements_of_any_dtype_are_gathered_and_converted) {
  const auto x = input({batch, 2, 3});
  for (const auto dtype : {DType::float64, DType::int32, DType::int64, DType::uint8, DType::boolean, DType::float32}) {
    const auto data = sample_values({5, 2, 3}, 0, 200).cast(dtype);
    for (const auto access : {BatchAccess::rows, BatchAccess::positions}) {
      BatchFunction function(access, {x}, {x});
      auto batches = function.batches(std::array{ArrayRef(data)}, 0, 5, 2);
      std::vector<std::int64_t> order{0, 1, 2, 3, 4};
      if (access == BatchAccess::positions) {
        batches.shuffle({.seed = 3});
        order.clear();
        for (std::int64_t index = 0; index < batches.count(); ++index) {
          const auto positions = batches.arguments(index).back().elements<std::int64_t>();
          order.insert(order.end(), positions.begin(), positions.end());
        }
      }
      std::vector<float> received;
      for (std::int64_t index = 0; index < batches.count(); ++index) {
        const auto rows = function.compiled_for(batches)(batches.arguments(index));
        const auto elements = rows[0].data<float>();
        received.insert(received.end(), elements.begin(), elements.end());
      }
      BOOST_TEST(received == rows_of(data, order), boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(vectors_are_columns_and_columns_are_vectors) {
  const xt::xarray<double> vector{1, 2, 3};
  BatchFunction column(BatchAccess::rows, {input({batch, 1})}, {});
  BOOST_TEST((column.batches(std::array{ArrayRef(vector)}, 0, 3, 2).arguments(1)[0].shape() == Extents{1, 1}));
  const Array tall = sample_values({3, 1});
  BatchFunction flat(BatchAccess::rows, {input({batch})}, {});
  BOOST_TEST((flat.batches(std::array{ArrayRef(tall)}, 0, 3, 2).arguments(0)[0].shape() == Extents{2}));
}

BOOST_AUTO_TEST_CASE(updates_reach_one_state_whatever_the_dtypes) {
  const auto x = input({batch});
  const auto total = parameter(Array(0.0f), "total");
  BatchFunction function(BatchAccess::positions, {x}, {total * 1.0}, {{total, total + sum(x)}});
  const auto run = [&](const Array& data) {
    auto batches = function.batches(std::array{ArrayRef(data)}, 0, data.shape()[0], 2);
    for (std::int64_t index = 0; index < batches.count(); ++index)
      function.compiled_for(batches)(batches.arguments(index));
  };
  run(xt::xarray<float>{1, 2, 3});
  run(xt::xarray<std::uint8_t>{10, 20, 30, 40});
  BOOST_TEST(total.value().item() == 106.0);
}

BOOST_AUTO_TEST_CASE(gathering_is_a_part_of_the_step) {
  const auto x = input({batch, 784});
  BatchFunction function(BatchAccess::positions, {x}, {sum(x * (1.0 / 255), 1)});
  const auto data = sample_values({300, 784}, 0, 255).cast(DType::uint8);
  auto batches = function.batches(std::array{ArrayRef(data)}, 0, 300, 256);
  auto& step = function.compiled_for(batches);
  step(batches.arguments(0));
  const auto plan = step.explain();
  BOOST_TEST(plan.find("1 level(s)") != std::string::npos, plan);
  BOOST_TEST(plan.find("scratch uint8 (batch, 784)") != std::string::npos, plan);  // never a whole batch of bytes
}

BOOST_AUTO_TEST_SUITE_END()
