#include "battery.hpp"

#include <xgrad/framework/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace xgrad::test {

void for_each_sample(const std::function<void(const OperatorEntry&, const Sample&)>& check) {
  for (const auto& registered : registered_operators()) {
    for (const auto& sample : registered.entry.samples()) {
      BOOST_TEST_CONTEXT(registered.entry.name << ", sample '" << sample.label << "'") {
        try {
          check(registered.entry, sample);
        } catch (const Error& error) {
          BOOST_ERROR("unexpected error: " << error.what());
        }
      }
    }
  }
}

std::vector<Tensor> constants(const Sample& sample, DType dtype) {
  std::vector<Tensor> result;
  for (const auto& array : sample.inputs) {
    result.push_back(constant(is_floating(array.dtype()) ? array.cast(dtype) : array));
  }
  return result;
}

bool is_differentiable(const Sample& sample) {
  const auto is_floating_array = [](const Array& array) { return is_floating(array.dtype()); };
  return std::any_of(sample.inputs.begin(), sample.inputs.end(), is_floating_array) &&
         is_floating(sample.build(constants(sample)).dtype());
}

void check_close(const Array& received, const Plain& expected, double tolerance, bool any_dtype) {
  BOOST_TEST(to_string(received.shape()) == to_string(expected.shape));
  if (!any_dtype) BOOST_TEST(to_string(received.dtype()) == to_string(expected.dtype));
  const Plain plain(received);
  BOOST_TEST_REQUIRE(plain.values.size() == expected.values.size());
  std::size_t wrong = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < plain.values.size(); ++i) {
    const double error = std::abs(plain.values[i] - expected.values[i]) / std::max(1.0, std::abs(expected.values[i]));
    if (!(error <= tolerance) && wrong++ == 0) first = i;
  }
  if (wrong == 0) return;
  BOOST_ERROR(wrong << " element(s) are off, the first at " << first << ": expected " << expected.values[first]
                    << ", but got " << plain.values[first]);
}

BatchSample with_batch(const Sample& sample) {
  BatchSample result;
  const auto& first = sample.inputs.front().shape();
  for (const auto& array : sample.inputs) {
    Shape shape(array.shape());
    result.has_batch.push_back(!first.empty() && shape.rank() > 0 && shape[0] == Dim(first[0]));
    if (result.has_batch.back()) shape[0] = batch;
    result.inputs.push_back(input(std::move(shape), {}, array.dtype()));
  }
  try {
    result.outputs.push_back(sample.build(result.inputs));
  } catch (const ShapeError& error) {
    const bool blames_symbol = std::string(error.what()).find("batch") != std::string::npos;
    BOOST_TEST(blames_symbol, "refused for another reason than the symbol: " << error.what());
  }
  return result;
}

}  // namespace xgrad::test
