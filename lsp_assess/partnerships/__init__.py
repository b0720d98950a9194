"""The partnership itself: who, where, when, and the life of a round.

periods          PeriodType, Period(start, end, type) with year, quarter, month, rolling_year, instant;
                 .label, .overlaps, .comparable_with, .same_season_as
written_periods  parse_period(text, type, place=…) raises Invalid (period_unreadable)
areas            AreaType, AreaStanding (own | comparator), Area
organisations    PartnershipKind, Sector, Organisation, Partnership
roles            Role, Matching (person | seat), Seat, Membership, Succession; current, roles_of,
                 respondent_key, successions, check_seat_free
rounds           CollectionStatus, CollectionEvent, TRANSITIONS, move(status, event, reason=, shown=),
                 accepts_answers, RoundStatus, round_status, check_publishable
releases         ReleaseNumber (k, k.2), ReleaseStatus, next_release, release_status
retention        RetentionClass, RETENTION, expires
"""
