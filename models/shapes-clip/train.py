#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Train one sample dual encoder on the Shapes World by contrastive InfoNCE.

    nice -n 19 python train.py --model v1 --work work      (see MODELS for v1 and v2)

Scenes and captions are generated on the fly from the seed; nothing is read from outside.
Writes <work>/<model>.pt (weights) and <work>/<model>.log.jsonl; export.py does the rest.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np

from model import DIM, MEAN, STD, DualEncoder, Tokenizer      # first: it prepares the import of torch
import render as R
import torch
import torch.nn as nn
import torch.nn.functional as F

MODELS = {
    "v1": {"name": "shapes-clip-v1", "version": "1.0.0", "seed": 20240501,
           "image_widths": [16, 32, 64, 120], "text_width": 128, "heads": 4, "layers": 2, "lr": 2e-3,
           "text_steps": 1200, "warm_steps": 1000, "warm_batch": 128, "steps": 1400, "batch": 256},
    "v2": {"name": "shapes-clip-v2", "version": "2.0.0", "seed": 777,
           "image_widths": [16, 32, 56, 104], "text_width": 112, "heads": 4, "layers": 2, "lr": 2e-3,
           "text_steps": 1200, "warm_steps": 800, "warm_batch": 128, "steps": 700, "batch": 256},
}
T_MEAN = torch.tensor(MEAN).view(1, 3, 1, 1)
T_STD = torch.tensor(STD).view(1, 3, 1, 1)


def pixels(scenes, size=112, ss=4):
    """Rendered scenes as float [N,3,size,size] in 0..1 (channels last in memory).  Training draws
    at 448 and box-filters to 112: what the model's own 2x2 average pool makes of a 224-pixel
    picture."""
    a = np.stack([np.asarray(R.render(s, size, ss)) for s in scenes])
    return torch.from_numpy(a).permute(0, 3, 1, 2).float().mul_(1 / 255)


class Augment:
    """Contrast, brightness and tint of every picture, blur of 20 %, a linear shade over 35 %, noise
    on 50 %: so that other renderers, JPEG and rescaled pictures stay in the distribution.
    Includes the CLIP normalisation."""

    def __init__(self, seed, size=112):
        self.g = torch.Generator().manual_seed(seed)
        self.noise = torch.randn(48, size, size, 3, generator=self.g).permute(0, 3, 1, 2)

    def __call__(self, x):
        n, g = len(x), self.g
        h, w = x.shape[2:]
        k = int(n * 0.2)
        x[:k] = F.avg_pool2d(F.pad(x[:k], (1, 1, 1, 1), mode="replicate"), 3, 1)
        k = int(n * 0.35)
        ramp = torch.linspace(-1, 1, w)
        ang = torch.rand(k, 1, 1, 1, generator=g) * 2 * math.pi
        amp = torch.rand(k, 1, 1, 1, generator=g) * 0.08
        shade = 1 + amp * (torch.cos(ang) * ramp.view(1, 1, 1, w) + torch.sin(ang) * ramp.view(1, 1, h, 1))
        i = torch.randperm(n, generator=g)[:k]
        x[i] = x[i] * shade
        contrast = 1 + 0.06 * torch.randn(n, 1, 1, 1, generator=g).clamp(-2, 2)
        tint = 0.015 * torch.randn(n, 3, 1, 1, generator=g).clamp(-2, 2)
        x.mul_(contrast / T_STD).add_((0.5 - 0.5 * contrast + tint - T_MEAN) / T_STD)
        k = int(n * 0.5)
        i = torch.randperm(n, generator=g)[:k]
        sigma = 0.03 * torch.rand(k, 1, 1, 1, generator=g) / T_STD
        x[i] += sigma * self.noise[torch.randint(len(self.noise), (k,), generator=g)]
        return x


FILLER = {"a", "an", "of", "on", "background", "the", "photo", "image", "picture", "drawing"}


def noisy_ids(rng, tok, text):
    """15 %: unknown words put in anywhere; 10 %: a filler word left out."""
    words = text.replace(",", " ,").split()
    if rng.random() < 0.10:
        drop = [i for i, w in enumerate(words) if w in FILLER]
        if drop and len(words) > 1:
            del words[rng.choice(drop)]
    ids = [tok.ids[w] for w in words]
    if rng.random() < 0.15:
        for _ in range(rng.randint(1, 3)):
            ids.insert(rng.choice([0, 0, rng.randint(0, len(ids))]), tok.unk)
    return [tok.cls] + ids + [tok.sep]


def entails(caption_facts, scene_facts):
    """bool [captions, scenes]: every fact of the caption holds in the scene."""
    width = max(map(len, scene_facts))
    s = np.full((len(scene_facts), width), -1, np.int32)
    for i, f in enumerate(scene_facts):
        s[i, : len(f)] = sorted(f)
    out = np.ones((len(caption_facts), len(scene_facts)), bool)
    for i, f in enumerate(caption_facts):
        for x in f:
            out[i] &= (s == x).any(1)
    return out


def info_nce(zi, zt, scale, holds):
    """Symmetric InfoNCE; a caption that also holds of another scene of the batch is no negative."""
    logits = scale * F.normalize(zt, dim=-1) @ F.normalize(zi, dim=-1).t()      # [captions, images]
    mask = torch.from_numpy(holds).clone()
    mask.fill_diagonal_(False)
    logits = logits.masked_fill(mask, -1e4)
    target = torch.arange(len(zi))
    return 0.5 * (F.cross_entropy(logits, target) + F.cross_entropy(logits.t(), target)), logits


class Aux(nn.Module):
    """Supervised helpers of the warm-up and of the first 70 % of the contrastive training, in which
    they fade to nothing; they are not exported.

    dense: the CNN cell under an object's centre names its shape, colour and size.
    head: one linear layer reads a scene's composition (how many of each colour-shape, their
    size, the background, who is above or left of whom) from the embedding, with the same
    weights for pictures and full captions.  Held-out colour-shape pairs are left out of it."""

    def __init__(self, width):
        super().__init__()
        cs = R.NC * R.NS
        self.dense = nn.Linear(width, R.NS + 1 + R.NC + 2)
        self.sizes = [3 * cs, 2 * cs, R.NC, 3, R.NC, R.NS, R.NC, R.NS]
        self.head = nn.Linear(DIM, sum(self.sizes))
        nn.init.constant_(self.head.bias[: 5 * cs], -4.0)
        keep = [0.0 if R.heldout_pair(c, s) else 1.0 for c in range(R.NC) for s in range(R.NS)]
        self.keep = torch.tensor(keep)

    def dense_loss(self, tokens, scenes):
        n = len(scenes)
        out = self.dense(tokens)
        shape = torch.full((n, 49), R.NS)
        rows, cells, colour, size = [], [], [], []
        for i, s in enumerate(scenes):
            for o in s["objects"]:
                cell = int(o["y"] // 32) * 7 + int(o["x"] // 32)
                shape[i, cell] = o["shape"]
                rows.append(i), cells.append(cell), colour.append(o["colour"])
                size.append(s["kinds"][o["kind"]]["size"])
        at = out[rows, cells]
        right = (at[:, : R.NS].argmax(1) == shape[rows, cells]).float().mean().item()
        weight = torch.ones(R.NS + 1)
        weight[-1] = 0.1
        return (F.cross_entropy(out[..., : R.NS + 1].reshape(-1, R.NS + 1), shape.reshape(-1), weight)
                + F.cross_entropy(at[:, R.NS + 1: R.NS + 1 + R.NC], torch.tensor(colour))
                + F.cross_entropy(at[:, -2:], torch.tensor(size))), right

    def head_loss(self, z, scenes, facts=None):
        """facts: of full captions; None for pictures, where everything is known."""
        n, cs = len(scenes), R.NC * R.NS
        num, size, size_known = torch.zeros(n, 3, cs), torch.zeros(n, 2, cs), torch.ones(n, 2, cs)
        bg, rel = torch.full((n,), -100), torch.full((n,), -100)
        parts = torch.full((4, n), -100)
        for i, s in enumerate(scenes):
            f = facts[i] if facts else None
            for k in s["kinds"]:
                j = R._cs(k["colour"], k["shape"])
                num[i, : k["n"], j] = 1
                if f is None or R.F_ZCS + k["size"] * cs + j in f:
                    size[i, k["size"], j] = 1
                else:
                    size_known[i, :, j] = 0
            if f is None or R.F_BG + s["bg"] in f:
                bg[i] = s["bg"]
            if s["rel"] is None:
                rel[i] = 2 if f is None else -100
            elif f is None or max(f) >= R.F_REL:
                rel[i] = s["rel"]
                a, b = s["kinds"]
                parts[:, i] = torch.tensor([a["colour"], a["shape"], b["colour"], b["shape"]])
        out = self.head(F.normalize(z, dim=-1) * 16).split(self.sizes, 1)
        loss = 0.1 * ((F.binary_cross_entropy_with_logits(out[0].view(n, 3, cs), num, reduction="none")
                       * self.keep).sum() / n
                      + (F.binary_cross_entropy_with_logits(out[1].view(n, 2, cs), size, reduction="none")
                         * self.keep * size_known).sum() / n)
        for o, t in zip(out[2:], (bg, rel, *parts)):
            if (t >= 0).any():
                loss = loss + 0.3 * F.cross_entropy(o, t)
        return loss


# ------------------------------------------------------------------------- evaluation


def eval_set(split, n, seed, **kw):
    """n scenes of a split with full captions, such that each caption holds of its own scene alone."""
    rng = random.Random(seed)
    scenes, caps, cf, sf = [], [], [], []
    while len(scenes) < n:
        s = R.sample_scene(rng, split)
        t, f = R.full_caption(rng, s, p_size=1.0, p_bg=1.0, **kw)
        g = R.scene_facts(s)
        if t in caps or any(f <= h for h in sf) or any(h <= g for h in cf):
            continue
        scenes.append(s), caps.append(t), cf.append(f), sf.append(g)
    return scenes, caps


@torch.no_grad()
def embed(model, tok, scenes, caps):
    model.eval()
    zi = torch.cat([model.image.body((pixels(scenes[i:i + 100]) - T_MEAN) / T_STD)
                    for i in range(0, len(scenes), 100)]) if scenes else None
    zt = torch.cat([model.text(*tok.batch([tok.encode(c) for c in caps[i:i + 100]]))
                    for i in range(0, len(caps), 100)]) if caps else None
    norm = lambda z: None if z is None else F.normalize(z, dim=-1)
    return norm(zi), norm(zt)


def recall(zt, zi):
    sim = zt @ zi.t()
    out = {}
    for name, m in (("t2i", sim), ("i2t", sim.t())):
        rank = (m > m.diag()[:, None]).sum(1)
        for k in (1, 5):
            out[f"{name}_r@{k}"] = round((rank < k).float().mean().item(), 4)
    return out


def edit_set(n, seed, split="triple"):
    """Held-out scenes, a minimal edit of each, and a caption that holds of the scene alone:
    {edit: [(scene, edited scene, caption)]}."""
    rng = random.Random(seed)
    out = {k: [] for k in R.EDITS}
    while any(len(v) < n for v in out.values()):
        s = R.sample_scene(rng, split)
        e = R.edit_spec(rng, {"bg": s["bg"], "rel": s["rel"], "kinds": s["kinds"]})
        if e is None or len(out[e[1]]) >= n:
            continue
        o = R.layout(rng, e[0])
        t, f = R.full_caption(rng, s, p_size=1.0, p_bg=1.0)
        if o is not None and not f <= R.scene_facts(o):
            out[e[1]].append((s, o, t))
    return out


def quick_eval(model, tok, n=200):
    out = {}
    for split in ("train", "triple", "pair"):
        scenes, caps = eval_set(split, n, 4242)
        zi, zt = embed(model, tok, scenes, caps)
        out[split] = recall(zt, zi)["t2i_r@1"]
    for name, rows in edit_set(100, 4243).items():
        zi, zt = embed(model, tok, [r[0] for r in rows] + [r[1] for r in rows], [r[2] for r in rows])
        out[name] = round(((zt * zi[:100]).sum(1) > (zt * zi[100:]).sum(1)).float().mean().item(), 3)
    model.train()
    return out


def optimiser(params, lr):
    return torch.optim.AdamW([{"params": [p for p in params if p.ndim > 1], "weight_decay": 0.05},
                              {"params": [p for p in params if p.ndim <= 1], "weight_decay": 0.0}],
                             lr=lr, betas=(0.9, 0.98))


def dense_warm_up(model, helper, aug, rng, cfg, say, a):
    """First the CNN alone learns to name shape, colour and size of the object at a place."""
    params = list(model.image.parameters()) + list(helper.parameters())
    opt, t0, run = optimiser(params, cfg["lr"]), time.time(), []
    for step in range(cfg["warm_steps"]):
        scenes = [s for _ in range(cfg["warm_batch"] // 4) for s in R.sample_group(rng)]
        rng.shuffle(scenes)
        x = aug(pixels(scenes))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not a.fp32):
            tokens = model.image.tokens(x)
        loss, right = helper.dense_loss(tokens.float(), scenes)
        for group in opt.param_groups:
            group["lr"] = cfg["lr"] * min(1.0, (step + 1) / 100) * (1 - 0.8 * step / cfg["warm_steps"])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        run.append((loss.item(), right))
        if (step + 1) % 100 == 0:
            say(warm=step + 1, loss=round(float(np.mean([r[0] for r in run])), 4),
                shape_acc=round(float(np.mean([r[1] for r in run])), 4), minutes=round((time.time() - t0) / 60, 2))
            run = []


def text_warm_up(model, helper, rng, tok, cfg, say):
    """Then the text tower alone learns to read the composition off full captions."""
    params = list(model.text.parameters()) + list(helper.parameters())
    opt, t0, run = optimiser(params, cfg["lr"]), time.time(), []
    for step in range(cfg["text_steps"]):
        scenes = [s for _ in range(cfg["batch"] // 4) for s in R.sample_group(rng)]
        capf = [R.full_caption(rng, s) for s in scenes]
        z = model.text(*tok.batch([noisy_ids(rng, tok, t) for t, _ in capf]))
        loss = helper.head_loss(z, scenes, [f for _, f in capf])
        for group in opt.param_groups:
            group["lr"] = cfg["lr"] * min(1.0, (step + 1) / 100) * (1 - 0.8 * step / cfg["text_steps"])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        run.append(loss.item())
        if (step + 1) % 100 == 0:
            say(text=step + 1, loss=round(float(np.mean(run)), 4), minutes=round((time.time() - t0) / 60, 2))
            run = []


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--model", default="v1", choices=sorted(MODELS))
    ap.add_argument("--work", default="work")
    ap.add_argument("--steps", type=int)
    ap.add_argument("--batch", type=int)
    ap.add_argument("--lr", type=float)
    ap.add_argument("--minutes", type=float, default=1e9, help="stop early (then the schedule is cut short)")
    ap.add_argument("--tag", default="")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--dense", type=float, default=0.5, help="weight of the dense helper loss")
    ap.add_argument("--head", type=float, default=1.0, help="weight of the composition helper loss")
    ap.add_argument("--fp32", action="store_true", help="no bfloat16 autocast")
    a = ap.parse_args()
    cfg = dict(MODELS[a.model])
    for k in ("steps", "batch", "lr"):
        if getattr(a, k):
            cfg[k] = getattr(a, k)
    torch.set_num_threads(a.threads)
    torch.manual_seed(cfg["seed"])
    aug = Augment(cfg["seed"] + 1)
    rng = random.Random(cfg["seed"])
    tok = Tokenizer()
    model = DualEncoder(cfg).to(memory_format=torch.channels_last)
    n_img, n_txt = (sum(p.numel() for p in t.parameters()) for t in (model.image, model.text))
    helper = Aux(cfg["image_widths"][-1])
    params = list(model.parameters()) + list(helper.parameters())
    os.makedirs(a.work, exist_ok=True)
    base = os.path.join(a.work, a.model + a.tag)
    log = open(base + ".log.jsonl", "w")

    def say(**kw):
        print(json.dumps(kw), flush=True)
        log.write(json.dumps(kw) + "\n")
        log.flush()

    say(cfg=cfg, image_params=n_img, text_params=n_txt)
    t0, steps, run, seen = time.time(), cfg["steps"], [], 0
    text_warm_up(model, helper, rng, tok, cfg, say)
    dense_warm_up(model, helper, aug, rng, cfg, say, a)
    opt = optimiser(params, cfg["lr"])
    for step in range(steps):
        scenes = [s for _ in range(cfg["batch"] // 4) for s in R.sample_group(rng)]
        rng.shuffle(scenes)                      # so that blur does not fall on fixed members of groups
        capf = [R.caption(rng, s) for s in scenes]
        holds = entails([f for _, f in capf], [R.scene_facts(s) for s in scenes])
        x = aug(pixels(scenes))
        ids, mask = tok.batch([noisy_ids(rng, tok, t) for t, _ in capf])
        lr = cfg["lr"] * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
        for group in opt.param_groups:
            group["lr"] = lr
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not a.fp32):
            tokens = model.image.tokens(x)
            zi = model.image.pool(tokens).float()
            zt = model.text(ids, mask).float()
        nce, logits = info_nce(zi, zt, model.logit_scale.clamp(max=math.log(100)).exp(), holds)
        loss, fade = nce, max(0.0, 1 - step / (0.7 * steps))
        if fade > 0 and a.dense > 0:
            loss = loss + a.dense * fade * helper.dense_loss(tokens.float(), scenes)[0]
        if fade > 0 and a.head > 0:
            full = [i for i, (_, f) in enumerate(capf) if any(R.F_TOTAL <= y < R.F_REL for y in f)]
            loss = loss + a.head * fade * (
                helper.head_loss(zi, scenes)
                + helper.head_loss(zt[full], [scenes[i] for i in full], [capf[i][1] for i in full]))
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        seen += len(scenes)
        run.append((nce.item(), (logits.argmax(1) == torch.arange(len(scenes))).float().mean().item()))
        if (step + 1) % 50 == 0:
            say(step=step + 1, loss=round(float(np.mean([r[0] for r in run])), 4),
                batch_acc=round(float(np.mean([r[1] for r in run])), 4), lr=round(lr, 6),
                scale=round(model.logit_scale.exp().item(), 2), minutes=round((time.time() - t0) / 60, 2))
            run = []
        if (step + 1) % 100 == 0:
            say(step=step + 1, eval=quick_eval(model, tok))
        if time.time() - t0 > a.minutes * 60:
            break
    res = quick_eval(model, tok)
    say(done=step + 1, minutes=round((time.time() - t0) / 60, 2), cpu_minutes=round(time.process_time() / 60, 2),
        eval=res)
    torch.save({"cfg": cfg, "steps_done": step + 1, "pairs_seen": seen, "state": model.state_dict(),
                "image_params": n_img, "text_params": n_txt,
                "minutes": (time.time() - t0) / 60, "cpu_minutes": time.process_time() / 60}, base + ".pt")


if __name__ == "__main__":
    main()
