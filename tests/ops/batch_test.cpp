#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>

#include "battery.hpp"
#include <algorithm>
#include <cstring>
#include <map>
#include <set>

using namespace xgrad;
using namespace xgrad::test;

namespace {

/// `array` `times` times, one after the other along its leading axis.
Array repeated(const Array& array, std::int64_t times) {
  Extents shape = array.shape();
  shape[0] *= times;
  Array result(array.dtype(), shape);
  const auto bytes = array.bytes();
  for (std::size_t i = 0; i < static_cast<std::size_t>(times) && !bytes.empty(); ++i) {
    std::memcpy(result.bytes().data() + i * bytes.size(), bytes.data(), bytes.size());
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(symbolic_batch)

BOOST_AUTO_TEST_CASE(fits_every_operator_somewhere) {
  std::map<std::string, bool> works;
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    if (sample.inputs.front().shape().size() >= 2) works[entry.name] |= !with_batch(sample).outputs.empty();
  });
  for (const auto& [name, any] : works) BOOST_TEST(any, name << " takes no symbol in any of its samples");
}

// More rows than the runtime gives to a block, so that kernels see parts of their operands.
BOOST_AUTO_TEST_CASE(of_many_rows_agrees_with_plain_loops) {
  constexpr std::int64_t times = 150;
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    const auto symbolic = with_batch(sample);
    if (symbolic.outputs.empty() || !symbolic.has_batch.front()) return;
    std::vector<Array> inputs = sample.inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (symbolic.has_batch[i]) inputs[i] = repeated(inputs[i], times);
    }
    auto function = compile(symbolic.inputs, symbolic.outputs);
    const std::vector<ArrayRef> arguments(inputs.begin(), inputs.end());
    const std::vector<Plain> plain(inputs.begin(), inputs.end());
    check_close(function(arguments)[0], references().at(entry.name)(sample, plain), 1e-12);
  });
}

BOOST_AUTO_TEST_SUITE_END()
