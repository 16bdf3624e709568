#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/einsum.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <cmath>
#include <string>

namespace xgrad {

static const RegisterSamples samples_of_einsum{
    "einsum",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // `plain` says the same without ellipses and implicit results, for the reference.
              const auto add = [&](std::string expression, std::string plain, std::vector<Extents> shapes,
                                   std::string label = {}) {
                std::vector<Array> inputs;
                for (const auto& shape : shapes)
                  inputs.push_back(sample_values(shape, -2, 2, static_cast<int>(inputs.size())));
                samples.push_back({label.empty() ? expression : label,
                                   std::move(inputs),
                                   [=](auto x) {
                                     return einsum(expression, {x.begin(), x.end()});
                                   },
                                   {{"expression", {plain.begin(), plain.end()}}}});
              };
              add("ij,jk->ik", "ij,jk->ik", {{2, 3}, {3, 4}});
              add("ij,jk", "ij,jk->ik", {{2, 3}, {3, 2}});
              add("ba", "ba->ab", {{2, 3}});
              add("bij,bkj->bki", "bij,bkj->bki", {{2, 2, 3}, {2, 2, 3}});
              add("ii->i", "ii->i", {{3, 3}});
              add("bii->b", "bii->b", {{4, 2, 2}});
              add("ij,ij->i", "ij,ij->i", {{2, 3}, {2, 3}});
              add("i,j->ji", "i,j->ji", {{3}, {2}});
              add("ij,k->", "ij,k->", {{2, 2}, {3}});
              add("ij, jk, kl -> il", "ij,jk,kl->il", {{2, 3}, {3, 2}, {2, 2}});
              add("i,i,i->", "i,i,i->", {{3}, {3}, {3}});
              add("ij,jk,k->i", "ij,jk,k->i", {{2, 3}, {3, 2}, {2}});
              add("b,ij,c,jk->bik", "b,ij,c,jk->bik", {{2}, {3, 2}, {3}, {2, 3}});
              add("...ij,...jk->...ik", "bij,jk->bik", {{2, 2, 3}, {3, 2}});
              add("i...,i...->...", "iab,ib->ab", {{2, 3, 2}, {2, 2}});
              add("...i,i", "abi,i->ab", {{2, 2, 3}, {3}});
              add("ij,ij->ij", "ij,ij->ij", {{2, 3}, {1, 3}}, "an axis of one");
              add(",->", ",->", {{}, {}});
              add("ab,bc->ac", "ab,bc->ac", {{0, 3}, {3, 2}}, "no rows");
              add("ab,bc->ca", "ab,bc->ca", {{2, 0}, {0, 2}}, "nothing to sum");
              return samples;
            },
        .rejections =
            [] {
              const auto of = [](std::string expression, std::vector<Shape> shapes) {
                return [=] {
                  std::vector<Tensor> operands;
                  for (const auto& shape : shapes) operands.push_back(input(shape));
                  einsum(expression, operands);
                };
              };
              return std::vector<Rejection>{
                  {"too few operands", of("ij,jk", {{2, 3}}), "einsum: \"ij,jk\" names 2 operand(s), but got 1"},
                  {"too few letters", of("i", {{2, 3}}),
                   "einsum: \"i\" names 1 axes of operand 0, but its shape is (2, 3)"},
                  {"sizes that differ", of("ij,jk", {{2, 3}, {4, 2}}),
                   "one label has sizes 3 and 4; they must be equal or 1"},
                  {"a letter from nowhere", of("ij->k", {{2, 3}}), "einsum: the result of \"ij->k\" must name letters"},
                  {"a letter twice in the result", of("ij->ii", {{2, 3}}), "each once; 'i' is not one"},
                  {"what is no letter", of("i1", {{2, 3}}), "but got '1' in \"i1\""},
                  {"a diagonal of a symbol", of("ii->i", {{batch, batch}}), "axes 0 and 1 of shape (batch, batch)"},
                  {"integers", [] { einsum("i->", {input({3}, {}, DType::int32)}); },
                   "einsum: expected all operands to be float32"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                               .value = {NAN},
                                               .gradient = {INFINITY, 1},
                                               .arguments = "\"i,i->\"",
                                               .build = [](auto x) {
                                                 return einsum("i,i->", {x[0], x[1]});
                                               }}};
            },
    }};

}  // namespace xgrad
