#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/packing.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace xgrad {
namespace {

/// The tensor that is packed, and how.
using Key = std::tuple<std::uint64_t, std::size_t, std::string>;

struct Packed {
  std::shared_ptr<const Op> op;
  Dim rows;                      // that the first node brings
  std::int64_t times = 0;        // that so many rows come
  std::optional<Tensor> tensor;  // once the first node that reads it is rewritten

  Tensor all_rows() const { return dim_size(rows * times, DType::int64); }
};

Key key_of(const Tensor& input, const Op& pack) {
  return {input.node().id(), input.output(), std::string(pack.name()) + pack.attributes()};
}

}  // namespace

Graph pack_inputs(Graph graph) {
  std::map<Key, Packed> all;
  for (const auto& node : graph.nodes) {
    const auto packable = node->op().packable_input(node->inputs());
    if (!packable) continue;
    auto& packed = all.try_emplace(key_of(node->inputs()[packable->index], *packable->pack),
                                   Packed{packable->pack, packable->rows, 0, {}})
                       .first->second;
    if (packed.rows == packable->rows) ++packed.times;
  }
  if (all.empty()) return graph;
  return rewrite(std::move(graph),
                 [&](const std::shared_ptr<const Node>& node, const Node& original) -> std::optional<Tensor> {
                   const auto packable = original.op().packable_input(original.inputs());
                   if (!packable) return std::nullopt;
                   auto& packed = all.at(key_of(original.inputs()[packable->index], *packable->pack));
                   if (!packed.tensor) {
                     packed.tensor = apply(packed.op, {node->inputs()[packable->index], packed.all_rows()});
                   }
                   return node->op().with_packed_input(node->inputs(), *packed.tensor, packed.all_rows());
                 });
}

}  // namespace xgrad
