#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/packing.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace xgrad {
namespace {

// How many rows are taken to read what is kept from call to call: enough for packing to pay off.
constexpr std::int64_t rows_of_many_calls = std::int64_t{1} << 30;

/// The tensor that is packed, and how.
using Key = std::tuple<std::uint64_t, std::size_t, std::string>;

struct Packed {
  std::shared_ptr<const Op> op;
  Dim rows;                        // that the first node brings
  std::int64_t times = 1;          // nodes that bring as many
  std::optional<Tensor> all_rows;  // this and the next once the first node that reads it is rewritten
  std::optional<Tensor> tensor;
};

Key key_of(const Tensor& input, const Op& pack) {
  return {input.node().id(), input.output(), std::string(pack.name()) + pack.attributes()};
}

}  // namespace

Graph pack_inputs(Graph graph, std::span<const Tensor> updated) {
  const auto is_kept = [&](const Tensor& input) {
    return dynamic_cast<const Parameter*>(&input.node().op()) &&
           std::find(updated.begin(), updated.end(), input) == updated.end();
  };
  std::map<Key, Packed> all;
  for (const auto& node : graph.nodes) {
    const auto packable = node->op().packable_input(node->inputs());
    if (!packable) continue;
    const auto& input = node->inputs()[packable->index];
    const auto rows = is_kept(input) ? Dim(rows_of_many_calls) : packable->rows;
    const auto [known, is_new] =
        all.try_emplace(key_of(input, *packable->pack), Packed{packable->pack, rows, 1, {}, {}});
    if (!is_new && !is_kept(input) && known->second.rows == rows) ++known->second.times;
  }
  if (all.empty()) return graph;
  return rewrite(std::move(graph), [&](const NodeHandle& node, const Node& original) -> std::optional<Tensor> {
    const auto packable = original.op().packable_input(original.inputs());
    if (!packable) return std::nullopt;
    auto& packed = all.at(key_of(original.inputs()[packable->index], *packable->pack));
    if (!packed.tensor) {
      packed.all_rows = dim_size(packed.rows * packed.times, DType::int64);
      packed.tensor = apply(packed.op, {node->inputs()[packable->index], *packed.all_rows});
    }
    return node->op().with_packed_input(node->inputs(), *packed.tensor, *packed.all_rows);
  });
}

}  // namespace xgrad
